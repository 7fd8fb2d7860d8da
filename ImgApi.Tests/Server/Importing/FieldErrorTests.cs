using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Field errors are in answers, in the results of jobs and in the log.</summary>
[TestFixture]
internal sealed class FieldErrorTests : ImportFixture
{
    private const string NameRule =
        "image name has invalid characters (only alpha-numeric characters and \" \", \".\", \"-\", \"_\" and \"/\" are allowed)";

    private readonly LogRecorder _log = new();

    protected override Action<IServiceCollection> Replace => services => services.AddLogging(logging => logging.AddProvider(_log));

    private ScriptedServer SourceOfABadName() => new(exchange => exchange.SendJsonAsync(
        ManifestOf(Chain.Base, $$""","files":[{"sha1":"{{new string('a', 40)}}","size":1,"compression":"none"}]""").Replace("\"a\"", "\"a+b\"", StringComparison.Ordinal)));

    private static (string?, string?, string?) Only(System.Text.Json.JsonElement errors)
    {
        var error = errors.EnumerateArray().Single();
        return (error.GetProperty("field").GetString(), error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }

    [Test]
    public async Task A_failed_job_names_the_field_in_its_result()
    {
        await using var source = SourceOfABadName();
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        var error = job.Json.GetProperty("chain_results").EnumerateArray().Last().GetProperty("error");
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("ValidationFailed"));
        Assert.That(Only(error.GetProperty("errors")), Is.EqualTo(("name", "Invalid", NameRule)));
    }

    [Test]
    public async Task A_failed_job_names_the_field_in_the_log()
    {
        await using var source = SourceOfABadName();
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        await Eventually.TrueAsync(() => _log.Warnings.Any(line => line.Contains("failed to import", StringComparison.Ordinal)));
        Assert.That(_log.Warnings, Has.Some.Contains($"invalid image data: name (name: {NameRule})"));
    }

    [TestCase("ValidationFailed", 422)]
    [TestCase("InternalError", 500)]
    public async Task What_another_server_finds_wrong_with_a_field_is_passed_on(string code, int status)
    {
        await using var source = ScriptedServer.Saying(
            $"{status} No", $$"""{"code":"{{code}}","message":"no","errors":[{"field":"channel","code":"Invalid","message":"unknown"},5,{}]}""");
        var answer = await Admin.ImportRemoteAsync(Chain.Base, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(Only(answer.Json.GetProperty("errors")), Is.EqualTo(("channel", "Invalid", "unknown")));
        Assert.That(_log.Warnings, Has.Some.Contains("(channel: unknown)"));
    }

    [Test]
    public async Task A_reason_of_another_server_is_one_line_of_the_log()
    {
        await using var source = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("500 No", """{"code":"InternalError","message":"a\nb"}""")
            : exchange.ForwardAsync(Source.Address));
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        await Eventually.TrueAsync(() => _log.Warnings.Any(line => line.Contains("failed to import", StringComparison.Ordinal)));
        Assert.That(_log.Warnings, Has.Some.EndsWith("a?b"));
    }
}
