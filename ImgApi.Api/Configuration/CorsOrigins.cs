namespace ImgApi.Api.Configuration;

/// <summary><c>corsOrigins</c>: the web origins whose pages may read from this server.</summary>
/// <param name="List">Web origins as browsers write them, or <see cref="Any"/>.</param>
internal sealed record CorsOrigins(IReadOnlyList<string> List)
{
    /// <summary>Stands for every web origin.</summary>
    public const string Any = "*";

    /// <summary>Reads a list, or a single web origin; null for other JSON.</summary>
    internal static CorsOrigins? Read(JsonElement json) =>
        ConfigurationValues.Text(json) is { } text ? Origin(text) is { } only ? new([only]) : null
        : ConfigurationValues.List<string>(json, item => Origin(ConfigurationValues.Text(item))) is { } origins ? new(origins)
        : null;

    private static string? Origin(string? text) =>
        text == Any ? text
        : WebUrl.TryParse(text, out var url) && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && text[^1] != '/'
            ? url.GetLeftPart(UriPartial.Authority)
            : null;
}
