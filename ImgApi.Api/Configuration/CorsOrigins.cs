using System.Text.Json;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Configuration;

/// <summary>Reads <c>corsOrigins</c>: the origins whose pages may read from this server.</summary>
internal static class CorsOrigins
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    /// <summary>What the value must be; completes "must be".</summary>
    public const string Expectation = "a list of origins such as https://portal.example.com, without a path, or \"*\"";

    /// <summary>The origins as browsers write them; null if the value is no good.</summary>
    public static IReadOnlyList<string>? Read(JsonElement value)
    {
        var texts = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()],
            JsonValueKind.Array => value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null).ToArray(),
            _ => [null],
        };
        var origins = texts.Select(Origin).OfType<string>().ToArray();
        return origins.Length == texts.Length ? origins : null;
    }

    private static string? Origin(string? text) =>
        text == Any ? text
        : WebUrl.TryParse(text, out var url) && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && text[^1] != '/'
            ? url.GetLeftPart(UriPartial.Authority)
            : null;
}
