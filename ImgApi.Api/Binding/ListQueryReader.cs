using System.Globalization;

namespace ImgApi.Api.Binding;

/// <summary>Reads the parameters of a list into a query. They are checked in the order of contract 6.1.</summary>
internal static class ListQueryReader
{
    private const string TagPrefix = "tag.";
    private const string SortAttribute = "published_at";

    // For callers who may not see images of the requested state: an empty list, whatever the other parameters are.
    private static readonly ImageQuery Nothing = new() { Limit = 0 };

    // In addition to the formats of published_at.
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'"];

    /// <param name="query">The whole query string, for <c>tag.KEY</c>.</param>
    /// <param name="isTrusted">Whether the caller may see images that are not active.</param>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public static ImageQuery Read(ListImagesParameters parameters, WireQuery query, bool isTrusted)
    {
        var limit = Limit(parameters.Limit);
        var state = State(parameters.State);
        if (!isTrusted && state == StateFilter.All)
        {
            state = StateFilter.Active;
        }

        if (!isTrusted && state != StateFilter.Active)
        {
            return Nothing;
        }

        return new ImageQuery
        {
            State = state,
            Limit = limit,
            Public = Parameters.Boolean("public", parameters.Public),
            Descending = IsDescending(parameters.Sort),
            Marker = Marker(parameters.Marker),
            Name = parameters.Name,
            Version = parameters.Version,
            Os = parameters.Os,
            Type = parameters.Type,
            Owner = Uuid.TryParse(parameters.Owner, out var owner) ? owner.ToString() : parameters.Owner,
            Account = string.IsNullOrEmpty(parameters.Account) ? null : parameters.Account,
            BillingTags = parameters.BillingTag,
            Tags = [.. Tags(query)],
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Tags(WireQuery query) =>
        from parameter in query.Values
        where parameter.Key.StartsWith(TagPrefix, StringComparison.Ordinal)
        from value in parameter.Value
        select KeyValuePair.Create(parameter.Key[TagPrefix.Length..], value ?? "");

    private static StateFilter State(string? state) => state switch
    {
        null or "" or ImageState.Active => StateFilter.Active,
        ImageState.Disabled => StateFilter.Disabled,
        ImageState.Unactivated => StateFilter.Unactivated,
        ImageState.Creating => StateFilter.Creating,
        ImageState.Failed => StateFilter.Failed,
        "all" => StateFilter.All,
        _ => throw ImgApiException.InvalidParameter("state", $"invalid state: \"{state}\" {Parameters.OneOf(ImageState.All.Append("all"))}"),
    };

    /// <summary>Accepts what JavaScript reads as a whole number that is not negative.</summary>
    private static int? Limit(string? limit)
    {
        var text = (limit ?? "").Trim();
        if (text.Length == 0)
        {
            return null;
        }

        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var number = isHex && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex
            : !isHex && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given
            : double.NaN;
        if (number is not >= 0 || double.Truncate(number) != number)
        {
            throw ImgApiException.InvalidParameter("limit", $"invalid limit: \"{limit}\" (must be a whole number, 0 for no limit)");
        }

        return number == 0 || number > int.MaxValue ? null : (int)number;
    }

    /// <summary>Any suffix but <c>asc</c> means descending, as in the reference.</summary>
    private static bool IsDescending(string? sort)
    {
        if (string.IsNullOrEmpty(sort))
        {
            return false;
        }

        var parts = sort.Split('.', 2);
        return parts[0] == SortAttribute
            ? parts.Length == 2 && parts[1] is not ("asc" or "ASC")
            : throw ImgApiException.InvalidParameter("sort", $"invalid 'sort': not a valid sorting attribute: '{parts[0]}'");
    }

    private static ListMarker? Marker(string? marker)
    {
        if (string.IsNullOrEmpty(marker))
        {
            return null;
        }

        if (Uuid.TryParse(marker, out var uuid))
        {
            return new ListMarker.AtImage(uuid);
        }

        // An unescaped plus sign is a space in a query.
        if (Timestamp.TryReadForeign(marker.Replace(' ', '+'), out var timestamp))
        {
            return new ListMarker.AtInstant(timestamp.Instant);
        }

        return DateTimeOffset.TryParseExact(marker, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new ListMarker.AtInstant(instant)
            : throw ImgApiException.InvalidParameter(
                "marker", $"invalid value for \"marker\" param: {WireJson.Text(marker)} is not a UUID or date string");
    }
}
