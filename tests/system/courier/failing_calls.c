/* Lets chosen system calls of a program fail while a file exists: FAULT names the file, whose content is
   "<call> <errno> <times>", for example "fdatasync 5 1". Every injected failure adds a byte to FAULT.log. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(const char *call) {
    const char *path = getenv("FAULT");
    char wanted[32], log[4096];
    int number, times, injected;
    FILE *file = path ? fopen(path, "r") : NULL;
    if (!file) return 0;
    int fields = fscanf(file, "%31s %d %d", wanted, &number, &times);
    fclose(file);
    if (fields != 3 || strcmp(wanted, call)) return 0;
    snprintf(log, sizeof log, "%s.log", path);
    int handle = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    injected = (int)lseek(handle, 0, SEEK_END);
    if (injected >= times) { close(handle); return 0; }
    if (write(handle, "x", 1) != 1) abort();
    close(handle);
    errno = number;
    return 1;
}

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))
int fsync(int handle) { return fails("sync") ? -1 : REAL(int (*)(int), "fsync")(handle); }
int fdatasync(int handle) { return fails("sync") ? -1 : REAL(int (*)(int), "fdatasync")(handle); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    return fails("write") ? -1 : REAL(ssize_t (*)(int, const void *, size_t, off64_t), "pwrite64")(handle, data, size, at);
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    return fails("write") ? -1 : REAL(ssize_t (*)(int, const void *, size_t, off_t), "pwrite")(handle, data, size, at);
}
