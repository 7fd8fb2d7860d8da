using System.Globalization;
using System.Text.Json;

namespace ImgApi.Domain.Images;

/// <summary>
/// The conditions of a list, all of which an image must meet, and its order (contract section 6). Null members are ignored. Images are
/// ordered by <c>published_at</c>, with those without it as the oldest, then by UUID.
/// </summary>
public sealed record ImageQuery
{
    public StateFilter State { get; init; } = StateFilter.Active;

    /// <summary>Exact name, or a substring after a leading <c>~</c>. Case-sensitive, as is <see cref="Version"/>.</summary>
    public string? Name { get; init; }

    public string? Version { get; init; }
    public string? Os { get; init; }

    /// <summary>A type, or any other type after a leading <c>!</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Words for <see cref="TextSearch"/>, all of which must occur.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The image that others are increments of.</summary>
    public Uuid? Origin { get; init; }

    /// <summary>A text that is not a UUID matches no image.</summary>
    public string? Owner { get; init; }

    public bool? Public { get; init; }
    public string? Channel { get; init; }

    /// <summary>Required tags: key and text of the value; an empty text matches any value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    public IReadOnlyList<string> BillingTags { get; init; } = [];

    /// <summary>The account that sees the list (contract 6.3), as text; null for a request without an account.</summary>
    public string? Account { get; init; }

    /// <summary>Whether private images are hidden, see <see cref="ImageScope.HidesPrivate"/>: neither listed nor accepted as a marker.</summary>
    public bool HidesPrivate { get; init; }

    /// <summary>Newest first instead of oldest first.</summary>
    public bool Descending { get; init; }

    public ListMarker? Marker { get; init; }
    public int? Limit { get; init; }

    /// <summary>Whether all images that match have the same name.</summary>
    public bool IsForOneName => Name is not (null or ['~', ..]);

    private object Scalars => (State, Name, Version, Os, Type, Origin, Owner, Public, Channel, Account, HidesPrivate, Descending, Marker, Limit);

    /// <summary>Queries are equal if they select the same images in the same order, so that results can be cached under them.</summary>
    public bool Equals(ImageQuery? other) =>
        other is not null && Scalars.Equals(other.Scalars) && Words.SequenceEqual(other.Words) && Tags.SequenceEqual(other.Tags)
        && BillingTags.SequenceEqual(other.BillingTags);

    public override int GetHashCode() => Scalars.GetHashCode();

    /// <summary>Whether the image meets every condition, without regard to marker and limit.</summary>
    public bool Matches(Image image)
    {
        var details = image.Details;
        return !Hides(image)
            && MatchesState(image)
            && MatchesText(Name, details.Name)
            && MatchesText(Version, details.Version)
            && (Os is null || Os == details.Os)
            && MatchesType(details.Type)
            && (Origin is null || Origin == details.Origin)
            && (Owner is null || Owner == details.Owner.ToString())
            && (Public is null || Public == details.Public)
            && (Channel is null || image.IsIn(Channel))
            && MatchesAccount(image)
            && (BillingTags.Count == 0 || BillingTags.All(details.BillingTags.Contains))
            && (Tags.Count == 0 || MatchesTags(details.Tags))
            && (Words.Count == 0 || TextSearch.FindsAll(Words, image));
    }

    /// <summary>Whether the image must look as if it did not exist.</summary>
    public bool Hides(Image image) => HidesPrivate && image.IsPrivate;

    private static bool MatchesText(string? wanted, string value) => wanted switch
    {
        null => true,
        ['~', .. var part] => value.Contains(part, StringComparison.Ordinal),
        _ => value == wanted,
    };

    private bool MatchesTags(JsonElement? tags) => Tags.All(tag => MatchesTag(tags, tag.Key, tag.Value));

    private static bool MatchesTag(JsonElement? tags, string key, string wanted) =>
        tags is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(key, out var value)
        && (wanted.Length == 0 || wanted == SearchText(value));

    // Contract 3.11; null if the value never matches.
    private static string? SearchText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: <= ImageLimits.SearchableTagValue } text ? text : null,
        JsonValueKind.Number => NumberText(value),
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    // As JavaScript writes it: 5 for 5.0, 1000 for 1e3.
    private static string NumberText(JsonElement value)
    {
        var text = value.GetRawText();
        return text.AsSpan().ContainsAny('.', 'e', 'E') && value.TryGetDecimal(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private bool MatchesType(string? type) => Type switch
    {
        null or "!" => true,
        ['!', .. var excluded] => type != excluded,
        _ => type == Type,
    };

    private bool MatchesState(Image image) => State switch
    {
        StateFilter.Active => image.IsActive,
        StateFilter.Disabled => image is { Activated: true, Details.Disabled: true },
        StateFilter.Unactivated => !image.Activated,
        StateFilter.Creating => image.Label == ImageState.Creating,
        StateFilter.Failed => image.Label == ImageState.Failed,
        _ => true,
    };

    // Contract 6.3: an account sees its own images in every state, and those of others unless the query is for disabled or unactivated ones.
    private bool MatchesAccount(Image image)
    {
        var seesOthers = State is not (StateFilter.Disabled or StateFilter.Unactivated);
        return Account is null
            || (Uuid.TryParse(Account, out var account)
                ? image.Details.Owner == account || (seesOthers && image.IsVisibleTo(account))
                : seesOthers && image is { Activated: true, IsPrivate: false });
    }
}
