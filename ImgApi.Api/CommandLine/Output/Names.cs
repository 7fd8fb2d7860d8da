namespace ImgApi.Api.CommandLine.Output;

/// <summary>How messages name an image.</summary>
internal static class Names
{
    /// <summary><c>NAME@VERSION (UUID)</c>.</summary>
    public static string Of(JsonElement manifest) =>
        $"{manifest.Member("name").AsLenientText()}@{manifest.Member("version").AsLenientText()} ({manifest.Member("uuid").AsText()})";
}
