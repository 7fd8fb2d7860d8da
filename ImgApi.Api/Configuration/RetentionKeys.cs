using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <summary>The value of <c>retention</c>: which images the server removes.</summary>
internal sealed record RetentionKeys
{
    private const string Days = "a number of days from 1 to 10000";

    /// <summary>How many active images of the same name must be newer.</summary>
    [MustBe("a number from 1 to 10000")]
    public int? Keep { get; init; }

    /// <summary>Days since the publication.</summary>
    [MustBe(Days)]
    public int? OlderThanDays { get; init; }

    /// <summary>Days without activity of images that were never activated.</summary>
    [MustBe(Days)]
    public int? UnactivatedDays { get; init; }

    /// <summary>Images that were fetched in so many days stay.</summary>
    [MustBe("a number of days from 0 to 10000")]
    public int FetchedWithinDays { get; init; } = RetentionRules.DefaultFetchedWithinDays;

    [JsonIgnore]
    public RetentionRules Rules => RetentionRules.OfDays(Keep, OlderThanDays, UnactivatedDays, FetchedWithinDays);
}
