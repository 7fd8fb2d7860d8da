using Microsoft.AspNetCore.Http.HttpResults;

namespace ImgApi.Api.Authentication;

/// <summary>The page where a user wanted to go before the sign-in: a path with its query, below the prefix of the server.</summary>
internal static class ReturnAddress
{
    /// <summary>The first page.</summary>
    public const string Start = "/";

    /// <summary>The name of the query parameter of the sign-in.</summary>
    public const string Parameter = "return";

    private const string SignInPath = "/ui/sign-in";

    /// <summary>The URL of the sign-in that leads back to the page of this request.</summary>
    public static string SignIn(HttpContext context)
    {
        var page = RawTarget.Of(context).Url;
        return $"{context.Request.PathBase}{SignInPath}" + (IsPage(page) ? QueryString.Create(Parameter, page) : QueryString.Empty);
    }

    /// <summary>The address if it leads to a page of this server; otherwise that of the first page.</summary>
    public static string Checked(string? address) => address is not null && IsPage(address) ? address : Start;

    private static bool IsPage(string address) =>
        (address == Start || address.StartsWith("/?", StringComparison.Ordinal) || address.StartsWith("/ui/", StringComparison.Ordinal))
        && !address.StartsWith(SignInPath, StringComparison.Ordinal)
        && RedirectHttpResult.IsLocalUrl(address)
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~');
}
