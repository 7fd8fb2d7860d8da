namespace ImgApi.Api.Web;

/// <summary>The names of a manifest's fields for people.</summary>
internal static class FieldLabel
{
    /// <summary>For instance <c>Published at</c> for <c>published_at</c>.</summary>
    public static string Of(string field) => field switch
    {
        "os" => "Operating system",
        "acl" => "Access (ACL)",
        "sha1" => "SHA-1",
        _ => char.ToUpperInvariant(field[0]) + field[1..].Replace('_', ' '),
    };
}
