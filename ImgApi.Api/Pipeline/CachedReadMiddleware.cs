using ImgApi.Api.Observability;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Pipeline;

/// <summary>
/// Answers pings and single images without query, credentials and conditions from serialized JSON. These are the most frequent requests of
/// <c>imgadm</c>. All other requests, and all refusals, take the path through routing and MVC, which gives the same answers.
/// Visibility need not be checked: without credentials and an account, and with <c>readAuth</c> <c>open</c>, only its channel hides an image.
/// </summary>
internal sealed class CachedReadMiddleware(
    RequestDelegate next, IImageRepository images, ManifestCache manifests, ServerConfiguration configuration, TrafficHistory traffic)
{
    private const string PingPath = "/ping";
    private const string ImagePath = "/images/";
    private const int UuidLength = 36;

    // Name the routes for the metrics; routing does not run.
    private static readonly Endpoint PingRoute = Route("ping");
    private static readonly Endpoint ImageRoute = Route("images/{uuid}");

    private readonly byte[] _ping = JsonSerializer.SerializeToUtf8Bytes(PingReply.For(user: null, configuration.Rules), WireJson.Indented);
    private readonly string? _channel = configuration.Rules.Channels.Default?.Name;
    private readonly bool _needsChannel = configuration.Rules.Channels.Exist;

    public Task InvokeAsync(HttpContext context)
    {
        if (IsPlain(context.Request, out var form))
        {
            var path = RawTarget.Of(context);
            if (path.Url == PingPath)
            {
                return SendAsync(context, _ping, PingRoute);
            }

            if (configuration.ReadAccess == ReadAccess.Open && Find(path.Url) is { } image)
            {
                var text = manifests.Of(image, form);
                if (text.Json.Length <= PiecewiseWriter.PieceSize)
                {
                    context.Response.Headers.ETag = text.Etag;
                    return SendAsync(context, text.Json, ImageRoute, dependsOnVersion: _needsChannel);
                }
            }
        }

        return next(context);
    }

    private static Endpoint Route(string template) => new(requestDelegate: null, new EndpointMetadataCollection(new CachedRoute(template)), template);

    /// <summary>Whether no header changes the answer.</summary>
    private static bool IsPlain(HttpRequest request, out ManifestForm form)
    {
        var headers = request.Headers;
        var version = headers["accept-version"];
        var isSecond = version.Count == 1 && version[0] is "~2" or "*";
        form = isSecond ? ManifestForm.Channels : ManifestForm.Plain;
        return HttpMethods.IsGet(request.Method)
            && (isSecond || version.Count == 0)
            && headers.Authorization.Count == 0
            && headers.Expect.Count == 0
            && headers.IfMatch.Count == 0
            && headers.IfNoneMatch.Count == 0;
    }

    private Image? Find(string url)
    {
        if (url.Length != ImagePath.Length + UuidLength
            || !url.StartsWith(ImagePath, StringComparison.Ordinal)
            || !Uuid.TryParse(url[ImagePath.Length..], out var uuid))
        {
            return null;
        }

        var found = images.FindAsync(uuid, CancellationToken.None);
        var image = found.IsCompletedSuccessfully ? found.Result : null;
        return image is not null && (!_needsChannel || (_channel is not null && image.IsIn(_channel))) ? image : null;
    }

    private Task SendAsync(HttpContext context, byte[] json, Endpoint route, bool dependsOnVersion = false)
    {
        if (configuration.Authentication != AuthenticationKind.None)
        {
            Vary.By(context.Response, HeaderNames.Authorization);
        }

        if (dependsOnVersion)
        {
            Vary.By(context.Response, Vary.ApiVersion);
        }

        context.SetEndpoint(route);
        traffic.CountSent(json.Length);
        return BodySender.SendAsync(context, json);
    }

    private sealed record CachedRoute(string Route) : IRouteDiagnosticsMetadata;
}
