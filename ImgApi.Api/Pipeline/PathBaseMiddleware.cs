using Microsoft.AspNetCore.Http.Features;

namespace ImgApi.Api.Pipeline;

/// <summary>Serves below the prefix of <c>pathBase</c> (contract 10.1): removes it from paths. Without it, all paths but jobs are 404.</summary>
internal sealed class PathBaseMiddleware(RequestDelegate next, ServerConfiguration configuration)
{
    private const string JobPath = "/jobs/";

    private readonly string _prefix = configuration.PathBase?.TrimEnd('/') ?? "";

    public async Task InvokeAsync(HttpContext context)
    {
        if (_prefix.Length > 0)
        {
            await StripAsync(context);
        }

        await next(context);
    }

    /// <summary>Clients that wait for a job omit the prefix. Unknown jobs are 404, so that the prefix can be a secret.</summary>
    private static async ValueTask<bool> IsKnownJobAsync(HttpContext context)
    {
        var path = RawTarget.Of(context).Path;
        return Preconditions.IsRead(context.Request)
            && path.StartsWith(JobPath, StringComparison.Ordinal)
            && Uuid.TryParse(path[JobPath.Length..], out var uuid)
            && await context.RequestServices.GetRequiredService<IJobStore>().FindAsync(uuid, context.RequestAborted) is not null;
    }

    private async ValueTask StripAsync(HttpContext context)
    {
        var url = RawTarget.Of(context).Url;
        var rest = url.StartsWith(_prefix, StringComparison.Ordinal) ? url[_prefix.Length..] : null;
        if (rest is null && await IsKnownJobAsync(context))
        {
            return;
        }

        if (rest is not (['/', ..] or ['?', ..] or ""))
        {
            throw PathMiddleware.UnknownPath(context);
        }

        rest = rest is ['/', ..] ? rest : "/" + rest;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = rest;
        context.Request.PathBase = _prefix;
        context.Request.Path = rest.Split('?')[0];
    }
}
