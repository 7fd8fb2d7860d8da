using System.Collections;

namespace ImgApi.Api.Http;

/// <summary>
/// An event that consists of named values. As text it is <c>name=value name="a value"</c>, with <c>-</c> for a missing value, so that programs
/// can parse it. The format <c>json</c> has the values themselves.
/// </summary>
internal sealed class LogFields : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _fields;

    /// <summary>Strings are cleaned and shortened.</summary>
    public LogFields(params IEnumerable<(string Name, object? Value)> fields) =>
        _fields = [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value is string text ? Clean(text) : field.Value))];

    public void Write(ILogger logger) => logger.Log(LogLevel.Information, default, this, exception: null, (fields, _) => fields.ToString());

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', _fields.Select(field => $"{field.Key}={Quoted($"{field.Value ?? "-"}")}"));

    private static string? Clean(string text) => text.Length == 0 ? null : VisibleText.Cut(text);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(' ', '"', '=')
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : text;
}
