using System.Text;

namespace ImgApi.Api.Binding;

/// <summary>
/// The JSON body of a request, which an action reads after the checks that may refuse the request without it. A body that looks like JSON
/// is JSON, whatever the content type says (contract 1.6).
/// </summary>
/// <typeparam name="T">The shape in the API documentation.</typeparam>
internal sealed class JsonBody<T>(HttpRequest request)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Reads the body.</summary>
    /// <returns>
    /// The value; null for no body, for <c>null</c>, and for a body that is JSON neither by its type nor by its look. A form is an object of
    /// strings.
    /// </returns>
    /// <exception cref="ImgApiException"><c>InvalidContent</c>, <c>BadDigest</c>, <c>RequestEntityTooLargeError</c>.</exception>
    public async Task<JsonElement?> ReadAsync()
    {
        var bytes = await RequestBytes.ReadAsync(request);
        var text = bytes.AsMemory().TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || !(IsType(WireJson.ContentType) || text.Span[0] is (byte)'{' or (byte)'['))
        {
            return !text.IsEmpty && IsType(FormType) ? Form(text.Span) : null;
        }

        var value = JsonText.Parse(text);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    /// <summary>Reads a body that must be an object.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> about <c>body</c> for anything else, and those of <see cref="ReadAsync"/>.</exception>
    public async Task<JsonElement> ReadObjectAsync() =>
        await ReadAsync() is { ValueKind: JsonValueKind.Object } value ? value : throw ImgApiException.MissingBody();

    private static JsonElement Form(ReadOnlySpan<byte> text)
    {
        var fields = WireQuery.Parse(Encoding.UTF8.GetString(text));
        return JsonSerializer.SerializeToElement(fields.Values.Keys.ToDictionary(name => name, name => fields.Text(name)), WireJson.Compact);
    }

    private bool IsType(string wanted) =>
        request.ContentType is { } type && type.Split(';')[0].Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
