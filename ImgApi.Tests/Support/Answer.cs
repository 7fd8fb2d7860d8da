using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ImgApi.Tests.Support;

/// <summary>A complete answer of a server.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string Uuid => Json.GetProperty("uuid").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    public string Message => Json.GetProperty("message").GetString()!;

    public string[] Keys => [.. Json.EnumerateObject().Select(member => member.Name)];

    /// <summary>Each entry of <c>errors</c> as <c>field:code</c>.</summary>
    public string[] Errors =>
        [.. Json.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("field")}:{error.GetProperty("code")}")];

    /// <summary>A header exactly as it was sent, or null.</summary>
    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) || ContentHeaders.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
        }
    }
}
