/* Adds a line to the file that TOLD names for every fsync and rename below TOLD's folder: "fsync NAME", "rename FROM TO"
   (names without the folder; the folder itself is "."). With SYNC_FAILS=n the n-th fsync fails as a broken card does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *name_of(const char *path) {
    const char *told = getenv("TOLD");
    size_t folder = strrchr(told, '/') - told;
    if (strncmp(path, told, folder)) return NULL;
    return path[folder] ? path + folder + 1 : ".";
}

static void tell(const char *call, const char *one, const char *other) {
    FILE *file = fopen(getenv("TOLD"), "a");
    if (!file) abort();
    fprintf(file, other ? "%s %s %s\n" : "%s %s\n", call, one, other);
    fclose(file);
}

int fsync(int handle) {
    static int number;
    char link[64], path[4096] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    if (readlink(link, path, sizeof path - 1) > 0 && name_of(path)) {
        const char *failing = getenv("SYNC_FAILS");
        tell("fsync", name_of(path), NULL);
        if (failing && ++number == atoi(failing)) { errno = EIO; return -1; }
    }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(handle);
}

int rename(const char *from, const char *to) {
    if (name_of(from) && name_of(to)) tell("rename", name_of(from), name_of(to));
    return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}
