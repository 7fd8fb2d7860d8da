using System.Net;
using System.Text.Json;
using ImgApi.Api.Http;
using ImgApi.Api.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Tests.Unit.Api.Logging;

/// <summary>The lines of the three log formats.</summary>
[TestFixture]
internal sealed class LogFormatTests
{
    private const string Hostile = "a\r\nb\u001b[2J\u202e\u2028\u0085\u0000\ud800 \\\"user\"=eve";

    private static JsonLogFormatter Json => new(FormattedLine.Clock);

    private static ConsoleFormatter[] Formatters => FormattedLine.Formatters;

    private static JsonElement ChangeInJson => JsonElement.Parse(FormattedLine.Of(Json, LogChange));

    private static void LogChange(ILogger logger) =>
        ChangeLine.Write(logger, "eve \"x\"", IPAddress.Parse("::ffff:10.0.0.1"), "CreateImage", null, new ChangedImage(Uuid.Zero, "my image", "1"), 200, "r");

    [Test]
    public void A_line_of_JSON_has_time_level_and_message()
    {
        var line = JsonElement.Parse(FormattedLine.Of(Json, LogLevel.Warning, "careful"));
        Assert.That(
            (line.GetProperty("time").GetString(), line.GetProperty("level").GetString(), line.GetProperty("message").GetString()),
            Is.EqualTo(("2030-01-02T03:04:05.678Z", "warn", "careful")));
    }

    [TestCase("user", "eve \"x\"")]
    [TestCase("address", "10.0.0.1")]
    [TestCase("name", "my image")]
    public void A_line_of_JSON_has_the_values_of_the_message_without_quotes(string name, string value) =>
        Assert.That(ChangeInJson.GetProperty(name).GetString(), Is.EqualTo(value));

    [Test]
    public void Numbers_of_a_message_are_numbers_in_JSON() => Assert.That(ChangeInJson.GetProperty("status").GetInt32(), Is.EqualTo(200));

    [Test]
    public void A_line_of_JSON_has_the_exception()
    {
        var line = JsonElement.Parse(FormattedLine.Of(Json, LogLevel.Error, "failed", new IOException("no disk")));
        Assert.That(line.GetProperty("exception").GetString(), Does.Contain("no disk"));
    }

    [Test]
    public void A_line_of_JSON_has_no_id_of_the_event() => Assert.That(ChangeInJson.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(
        ["time", "level", "category", "message", "user", "address", "action", "image", "name", "version", "status", "request"]));

    [TestCaseSource(nameof(Formatters))]
    public void Hostile_text_stays_in_one_line_of_visible_characters(ConsoleFormatter formatter) =>
        Assert.That(FormattedLine.Of(formatter, LogLevel.Error, Hostile, new InvalidOperationException(Hostile)), Does.Match(@"\A[ -~\ufffd]+\n\z"));

    [Test]
    public void Hostile_text_is_complete_in_JSON() =>
        Assert.That(JsonElement.Parse(FormattedLine.Of(Json, LogLevel.Error, Hostile)).GetProperty("message").GetString(), Is.EqualTo(Hostile.Replace('\ud800', '\ufffd')));

    [TestCaseSource(nameof(Formatters))]
    public void A_line_that_is_logged_during_a_request_has_its_id(ConsoleFormatter formatter) =>
        Assert.That(FormattedLine.Of(formatter, LogLevel.Warning, "careful", request: "id-of-request"), Does.Match("request\"?[=:]\"?id-of-request"));

    [TestCaseSource(nameof(Formatters))]
    public void The_id_of_a_request_is_not_repeated(ConsoleFormatter formatter)
    {
        var line = FormattedLine.Of(formatter, LogLevel.Warning, "careful, request=id-of-request", request: "id-of-request");
        Assert.That(line.Split("careful")[1].Split("id-of-request"), Has.Length.EqualTo(formatter is JsonLogFormatter ? 3 : 2), line);
    }

    [TestCase(LogLevel.Critical, 2)]
    [TestCase(LogLevel.Error, 3)]
    [TestCase(LogLevel.Warning, 4)]
    [TestCase(LogLevel.Information, 6)]
    [TestCase(LogLevel.Debug, 7)]
    public void A_line_for_journald_begins_with_the_priority(LogLevel level, int priority) =>
        Assert.That(FormattedLine.Of(new JournalLogFormatter(), level, "text"), Is.EqualTo($"<{priority}>text\n"));

    [Test]
    public void A_change_is_logged_with_quotes_in_a_line_for_people() => Assert.That(
        FormattedLine.Of(new LogFormatter(FormattedLine.Clock), LogChange),
        Does.Contain("user=\"eve \\\"x\\\"\" address=10.0.0.1 action=CreateImage").And.Contain("name=\"my image\""));

    [TestCase("a=b", "\"a=b\"")]
    [TestCase("\\\" user=eve", "\"\\\\\\\" user=eve\"")]
    [TestCase("plain", "plain")]
    [TestCase(null, "-")]
    public void A_value_cannot_end_its_quotes(string? value, string quoted) => Assert.That(new LogFields(("a", value)).ToString(), Is.EqualTo($"a={quoted}"));
}
