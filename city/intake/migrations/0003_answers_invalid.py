"""One more code of refusal (as written by `makemigrations`)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_enrolment'),
    ]

    operations = [
        migrations.AlterField(
            model_name='refusal',
            name='code',
            field=models.CharField(choices=[('not-opened', '暗号を解けない'), ('container-invalid', '申請データの形式が定めと異なる'), ('transaction-mismatch', '取引番号または端末番号が署名の内容と異なる'), ('other-bytes', '同じ取引番号で別のデータが届いた'), ('form-unknown', '公開していない様式'), ('answers-invalid', '回答が様式の定めと異なる'), ('signature-invalid', '署名が正しくない'), ('certificate-untrusted', '証明書を信頼できない'), ('certificate-expired', '証明書の有効期間外'), ('certificate-revoked', '証明書が失効している')], max_length=32, verbose_name='理由'),
        ),
    ]
