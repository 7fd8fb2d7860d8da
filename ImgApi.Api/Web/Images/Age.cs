namespace ImgApi.Api.Web.Images;

/// <summary>How long ago something was, in words.</summary>
internal static class Age
{
    private static readonly (string Unit, double Days)[] Units =
        [("year", 365.25), ("month", 30.44), ("day", 1), ("hour", 1.0 / 24), ("minute", 1.0 / 1440)];

    /// <summary>For instance <c>3 days ago</c>, in the largest unit that fits; <c>just now</c> for less than a minute and for the future.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var days = (now - time).TotalDays;
        var (unit, length) = Array.Find(Units, unit => days >= unit.Days);
        return unit is null ? "just now" : $"{Count.Of((long)(days / length), unit)} ago";
    }
}
