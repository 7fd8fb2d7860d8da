using Semver;

namespace ImgApi.Api.Http;

/// <summary>The API version of <c>accept-version</c> (contract 1.3).</summary>
/// <param name="ShowsChannels">Whether version 2 satisfies the range. Nothing else depends on the version.</param>
internal sealed record ApiVersion(bool ShowsChannels)
{
    private const string Header = "accept-version";

    // Far above what clients send; it bounds the cost of parsing.
    private const int MaxLength = 256;

    private static readonly SemVersion One = new(1, 0, 0);
    private static readonly SemVersion Two = new(2, 0, 0);
    private static readonly ApiVersion First = new(false);
    private static readonly ApiVersion Second = new(true);

    /// <summary>The version that was negotiated for this request.</summary>
    public static ApiVersion Of(HttpContext context) => context.Features.Get<ApiVersion>() ?? First;

    /// <summary>Selects the version.</summary>
    /// <exception cref="ImgApiException"><c>InvalidVersion</c> if neither 1.0.0 nor 2.0.0 satisfies the range.</exception>
    public static ApiVersion Negotiate(HttpRequest request)
    {
        var range = request.Headers[Header].ToString();
        return range switch
        {
            "" or "~1" => First,
            "~2" or "*" => Second,
            _ => Parse(range) ?? throw Unsupported(request, range),
        };
    }

    private static ImgApiException Unsupported(HttpRequest request, string range)
    {
        Vary.By(request.HttpContext.Response, Vary.ApiVersion);
        return new ImgApiException(
            ErrorCode.InvalidVersion, $"{range} is not supported by {request.Method} {RawTarget.Of(request.HttpContext).Path}");
    }

    private static ApiVersion? Parse(string range) =>
        range.Length > MaxLength || !SemVersionRange.TryParseNpm(range, out var versions, MaxLength) ? null
        : versions.Contains(Two) ? Second
        : versions.Contains(One) ? First
        : null;
}
