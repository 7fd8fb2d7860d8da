using System.Text;
using CsCheck;
using ImgApi.Api.Configuration;
using ImgApi.Api.Hosting;
using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Configuration files, stored jobs, limits of the system and URLs of other servers.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class ConfigurationFuzzing
{
    private const string Job = """
        {"uuid":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","source":"http://me:secret@other:8080/p?channel=dev","images":["bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"],
        "request_id":"r","created_at":"2026-11-23T03:10:01Z","execution":"Failed","finished_at":"2026-11-23T03:11:01Z","created":[],"account":null,
        "results":[{"name":"a","result":"b","error":{"code":"c","message":"d"},"started_at":"2026-11-23T03:10:01Z","finished_at":"2026-11-23T03:10:02Z"}]}
        """;

    private static readonly string[] Members =
    [
        "\"datadir\":\"x\"", "\"port\":8080", "\"host\":\"h\"", "\"address\":\"127.0.0.1\"", "\"userdb\":[{\"name\":\"a\",\"password\":\"b\"}]", "\"authType\":\"none\"", "\"usersFile\":\"u\"",
        "\"authKeys\":{\"a\":[\"ssh-rsa x\"]}", "\"authKeysDir\":\"k\"", "\"readAuth\":\"all\"", "\"sessionMinutes\":5", "\"mode\":\"dc\"", "\"adminUuid\":\"x\"", "\"allowOpenWrites\":true",
        "\"channels\":[{\"name\":\"dev\",\"description\":\"d\",\"default\":true}]", "\"maxImageSize\":5", "\"minFree\":5", "\"quota\":5", "\"auditDays\":30", "\"webhooks\":[{\"url\":\"https://a.example/x\",\"secret\":\"0123456789abcdef\",\"events\":[\"create\"]}]", "\"webPage\":false", "\"contentCheck\":\"refuse\"", "\"approval\":true", "\"maxConnections\":5", "\"scrubRate\":0", "\"scrubIntervalHours\":1", "\"corsOrigins\":[\"https://a.example\"]", "\"unactivatedLifespanDays\":1", "\"shutdownSeconds\":5", "\"trustedProxies\":[\"10.0.0.0/8\",\"::1\"]", "\"requireSignedTarget\":true",
        "\"serverName\":\"n\"", "\"allowInsecure\":true", "\"allowLocalSources\":false", "\"httpProxy\":\"http://p:1\"", "\"importTimeoutMinutes\":1", "\"datacenterName\":\"d\"",
        "\"imgapiUrlFromDatacenter\":{\"w\":\"http://h\"}", "\"serverNameFile\":\"x\"", "\"logLevel\":40", "\"logFormat\":\"json\"", "\"logRequests\":true", "\"otlpEndpoint\":\"http://127.0.0.1:4318\"", "\"tls\":{\"cert\":\"c\",\"key\":\"k\"}", "\"prot\":1", "// comment\n\"port\":1", "\"port\":\"\\ud800\"", "\"\\ud800\":1",
    ];

    [Test]
    public void A_random_configuration_is_read_or_refused_with_a_message()
    {
        using var folder = new TemporaryFolder();
        Fuzz.OnlyRefuses<(byte[] Text, Guid Name), ConfigurationException>(
            Gen.Select(Gen.OneOf(Objects(), Inputs.MutatedBytes(Job), Inputs.Bytes), Gen.Guid), input =>
            {
                var file = folder.Combine(input.Name.ToString());
                File.WriteAllBytes(file, input.Text);
                try
                {
                    ConfigurationFile.Read(file);
                }
                finally
                {
                    File.Delete(file);
                }
            });
    }

    [Test]
    public void A_stored_job_is_read_or_refused_and_a_job_that_was_read_is_written_unchanged() => Fuzz.OnlyRefuses<byte[], FormatException>(
        Gen.OneOf(Inputs.MutatedBytes(Job), Inputs.Bytes), bytes =>
        {
            var text = JobDocument.Write(JobDocument.Read(bytes));
            Assert.That(JobDocument.Write(JobDocument.Read(text)), Is.EqualTo(text));
        });

    [Test]
    public void A_source_never_shows_its_credentials_and_keeps_them_in_its_secret_URL() => Fuzz.Check(
        Gen.OneOf(
            Inputs.Mutated("http://other:8080", "https://me:secret@other/prefix?channel=dev", "http://[::1]:80/?channel=a%20b&x=y", "http://a%40b:c%3ad@h", "file:///etc/passwd"),
            Inputs.Noise),
        text =>
        {
            if (ImageSource.TryParse(text, out var source))
            {
                Assert.That(new Uri(source.ToString()).UserInfo, Is.Empty);
                Assert.That(source.Resource("/ping").UserInfo, Is.Empty);
                Assert.That(ImageSource.TryParse(source.ToSecretUrl(), out var again), Is.True, source.ToSecretUrl());
                Assert.That((again!.Credentials, again.Channel, again.Address), Is.EqualTo((source.Credentials, source.Channel, source.Address)));
            }
        });

    [Test]
    public void Any_text_of_the_limits_of_the_system_gives_a_valid_connection_limit() => Fuzz.Check(
        Gen.OneOf(Inputs.Mutated("Max open files            1024                 1048576              files     \n"), Inputs.Noise),
        text => Assert.That(ConnectionLimit.Connections(text), Is.InRange(ConnectionLimit.Min, ConnectionLimit.Max)));

    private static Gen<byte[]> Objects() => Gen.Select(
        Gen.OneOf(Gen.OneOf(Members), Gen.Select(Gen.OneOf(Members), JsonInputs.Value, (member, value) => $"{member.Split(':')[0]}:{value}")).Array[0, 6],
        members => Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}"));
}
