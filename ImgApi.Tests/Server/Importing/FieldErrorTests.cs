using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Field errors appear in answers, in the results of jobs and in the log.</summary>
[TestFixture]
internal sealed class FieldErrorTests : ImportFixture
{
    private const string NameRule =
        "image name has invalid characters (only alpha-numeric characters and \" \", \".\", \"-\", \"_\" and \"/\" are allowed)";

    private readonly LogRecorder _log = new();

    protected override Action<IServiceCollection> ReplaceServices => services => services.AddLogging(logging => logging.AddProvider(_log));

    private ScriptedServer SourceWithInvalidName() => new(exchange => exchange.SendJsonAsync(
        ManifestOf(Chain.Base, $$""","files":[{"sha1":"{{new string('a', 40)}}","size":1,"compression":"none"}]""").Replace("\"a\"", "\"a+b\"", StringComparison.Ordinal)));

    private static ScriptedServer SourceWithFieldError(string code, int status, string message) => ScriptedServer.Saying(
        $"{status} No", $$"""{"code":"{{code}}","message":"no","errors":[{"field":"channel","code":"Invalid","message":"{{message}}"},5,{}]}""");

    private static (string?, string?, string?) SingleError(System.Text.Json.JsonElement errors)
    {
        var error = errors.EnumerateArray().Single();
        return (error.GetProperty("field").GetString(), error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }

    [Test]
    public async Task A_failed_job_names_the_invalid_field_in_its_result()
    {
        await using var source = SourceWithInvalidName();
        var job = await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        var error = job.Json.GetProperty("chain_results").EnumerateArray().Last().GetProperty("error");
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("ValidationFailed"));
        Assert.That(SingleError(error.GetProperty("errors")), Is.EqualTo(("name", "Invalid", NameRule)));
    }

    [Test]
    public async Task A_failed_job_names_the_invalid_field_in_the_log()
    {
        await using var source = SourceWithInvalidName();
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        await Eventually.TrueAsync(() => _log.Warnings.Any(line => line.Contains($"failed to import image {Chain.Base}", StringComparison.Ordinal)));
        Assert.That(_log.Warnings, Has.Some.Contains($"invalid image data: name (name: {NameRule})"));
    }

    [TestCase("ValidationFailed", 422)]
    [TestCase("InternalError", 500)]
    public async Task A_field_error_of_the_source_is_passed_on_to_the_caller(string code, int status)
    {
        await using var source = SourceWithFieldError(code, status, "unknown");
        var answer = await Admin.ImportRemoteAsync(Chain.Base, source.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(SingleError(answer.Json.GetProperty("errors")), Is.EqualTo(("channel", "Invalid", "unknown")));
    }

    [TestCase("ValidationFailed", 422)]
    [TestCase("InternalError", 500)]
    public async Task A_field_error_of_the_source_is_logged(string code, int status)
    {
        var channel = $"unknown-{status}";
        await using var source = SourceWithFieldError(code, status, channel);
        await Admin.ImportRemoteAsync(Chain.Base, source.Address);
        Assert.That(_log.Warnings, Has.Some.Contains($"(channel: {channel})"));
    }

    [Test]
    public async Task A_line_break_in_the_error_of_a_source_does_not_break_the_log_line()
    {
        await using var source = SourceOfFiles(exchange => exchange.SendAsync("500 No", """{"code":"InternalError","message":"a\nb"}"""));
        await Admin.JobEndAsync(await Admin.StartJobAsync(Chain.Base, source.Address));
        await Eventually.TrueAsync(() => _log.Warnings.Any(line => line.Contains($"failed to import image {Chain.Base}", StringComparison.Ordinal)));
        Assert.That(_log.Warnings, Has.Some.EndsWith("a?b"));
    }
}
