using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Api.Logging;

/// <summary>
/// Formats an event for programs: a line with a JSON object. It has <c>time</c>, <c>level</c>, <c>category</c>, <c>message</c>, the values of
/// the message under their names, such as <c>user</c> and <c>image</c>, and, if there are any, <c>request</c> and <c>exception</c>.
/// </summary>
internal sealed class JsonLogFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName.Of(LogFormat.Json))
{
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var members = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["time"] = clock.GetUtcNow().ToString(LogFormatter.Time, CultureInfo.InvariantCulture),
            ["level"] = LogLevelWords.Of(entry.LogLevel),
            ["category"] = LogCategories.Of(entry.Category),
            ["message"] = entry.Formatter(entry.State, entry.Exception),
        };
        foreach (var (name, value) in entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            members.TryAdd(JsonNamingPolicy.CamelCase.ConvertName(name), value);
        }

        members.Remove("{OriginalFormat}");
        members.TryAdd("request", RequestScope.IdIn(scopeProvider));
        members["exception"] = entry.Exception;
        textWriter.WriteLine(Format(members));
    }

    private static string Format(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
        }
    }
}
