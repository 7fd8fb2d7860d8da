using ImgApi.Domain.Audit;

namespace ImgApi.Api.Web.Server;

/// <summary>
/// A search on the page of the audit. Its parameters are those of the API, read by the same code. A form sends all its fields, so empty ones
/// are ignored.
/// </summary>
/// <param name="Given">The parameters; null for those that are absent or empty.</param>
internal sealed record AuditSearch(AuditParameters Given, AuditQuery Query)
{
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public static AuditSearch Of(WireQuery parameters)
    {
        var given = new AuditParameters
        {
            Image = Value("image"),
            User = Value("user"),
            Action = Value("action"),
            Since = Value("since"),
            Marker = Value("marker"),
        };
        return new AuditSearch(given, AuditQueryReader.Read(given));

        string? Value(string name) => Parameters.Given(parameters.Text(name)?.Trim());
    }

    /// <summary>The URL of the page with the events before one.</summary>
    /// <param name="marker">Number of the event; null for the first page.</param>
    public string Link(long? marker)
    {
        var parameters = new[]
        {
            ("image", Given.Image), ("user", Given.User), ("action", Given.Action), ("since", Given.Since), ("marker", $"{marker}"),
        };
        return "/ui/audit" + QueryString.Create(parameters.Where(one => !string.IsNullOrEmpty(one.Item2)).Select(one => KeyValuePair.Create(one.Item1, one.Item2)));
    }
}
