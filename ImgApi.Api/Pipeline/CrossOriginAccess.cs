using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Pipeline;

/// <summary>
/// Allows pages of the configured web origins to read from this server (CORS). Answers to writes and to requests of resumable uploads have no
/// such headers. The browser adds no credentials; a page has to send its own.
/// </summary>
internal static class CrossOriginAccess
{
    private static readonly string[] Exposed =
    [
        HeaderNames.ETag, HeaderNames.ContentMD5, HeaderNames.ContentRange, HeaderNames.AcceptRanges, HeaderNames.RetryAfter, RequestIds.Header,
    ];

    public static void UseCrossOriginAccess(this IApplicationBuilder app, IReadOnlyList<string> origins)
    {
        if (origins.Count == 0)
        {
            return;
        }

        app.UseWhen(context => IsRead(context.Request) && !Tus.IsPathOf(context), reads => reads.Use(VaryByOrigin).UseCors(policy =>
            Allow(policy.WithMethods(HttpMethods.Get, HttpMethods.Head), origins)));
    }

    /// <summary>Reads, and preflights, with which browsers ask whether a page may send a request.</summary>
    private static bool IsRead(HttpRequest request) =>
        Preconditions.IsRead(request) || IsPreflight(request);

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    private static void Allow(CorsPolicyBuilder policy, IReadOnlyList<string> origins)
    {
        policy.AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromHours(1));
        if (origins.Contains(CorsOrigins.Any))
        {
            policy.AllowAnyOrigin();
        }
        else
        {
            policy.WithOrigins([.. origins]);
        }
    }

    /// <summary>
    /// Every answer depends on the web origin. The framework adds <c>Vary</c> only if several are configured, and on a line of its own.
    /// </summary>
    private static Task VaryByOrigin(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var named = context.Response.Headers.GetCommaSeparatedValues(HeaderNames.Vary);
            context.Response.Headers.Vary = string.Join(", ", named.Append(HeaderNames.Origin).Distinct(StringComparer.OrdinalIgnoreCase));
            return Task.CompletedTask;
        });
        return next(context);
    }
}
