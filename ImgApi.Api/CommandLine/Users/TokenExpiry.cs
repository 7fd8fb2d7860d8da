using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ImgApi.Api.CommandLine.Users;

/// <summary>When a new token expires.</summary>
/// <param name="At">Null if it never does.</param>
internal sealed record TokenExpiry(DateTimeOffset? At)
{
    private const string Never = "never";
    private const int MaxDays = 36_500;

    public static readonly Option<TokenExpiry> Option = new("--expires")
    {
        Description = "When the token expires: days such as 90d, hours such as 12h, a date such as 2027-01-31, or never. By default 90d.",
        HelpName = "when",
        DefaultValueFactory = _ => Parse("90d", TimeProvider.System.GetUtcNow())!,
        CustomParser = given => Read(given),
    };

    /// <summary>Null for a text that is none, and for a time that is past or more than a hundred years ahead.</summary>
    public static TokenExpiry? Parse(string text, DateTimeOffset now)
    {
        if (text == Never)
        {
            return new TokenExpiry(At: null);
        }

        var at = text is [.. var count, 'd' or 'h'] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxDays
            ? now + (text[^1] == 'd' ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number))
            : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : default;
        return at > now && at <= now.AddDays(MaxDays) ? new TokenExpiry(at) : null;
    }

    private static TokenExpiry? Read(ArgumentResult given)
    {
        var expiry = Parse(given.Tokens[0].Value, TimeProvider.System.GetUtcNow());
        if (expiry is null)
        {
            given.AddError("--expires must be in the future: 90d, 12h, a date such as 2027-01-31, or never");
        }

        return expiry;
    }
}
