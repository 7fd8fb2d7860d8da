namespace ImgApi.Api.Pipeline;

/// <summary>The checks of the reference's router, right after routing (contract 1.3, 1.4, 1.8): exact path, method, <c>Expect</c>, version.</summary>
internal sealed class RouteMiddleware(RequestDelegate next, EndpointDataSource endpoints)
{
    // A name of an image follows, which may be any word.
    private const string FreeText = "datasets";

    // In the order of the reference. It does not list HEAD where there is GET.
    private static readonly string[] MethodOrder =
        [HttpMethods.Head, HttpMethods.Put, HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete, HttpMethods.Patch, HttpMethods.Options];

    private readonly Lazy<Dictionary<string, string>> _literals = new(() => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.RoutePattern.PathSegments)
        .SelectMany(segment => segment.Parts)
        .OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>()
        .Select(part => part.Content)
        .Distinct()
        .ToDictionary(literal => literal, literal => literal, StringComparer.OrdinalIgnoreCase));

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || !IsExact(context.Request.Path.Value!))
        {
            throw PathMiddleware.UnknownPath(context);
        }

        if (endpoint is not RouteEndpoint)
        {
            await RefuseMethodAsync(context, endpoint);
        }

        if (HasUnknownExpectation(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status417ExpectationFailed;
            return;
        }

        context.Features.Set(ApiVersion.Negotiate(context.Request));
        RefuseBadUuidOnRead(context);
        await next(context);
    }

    /// <summary>The framework ignores case and a slash at the end. The contract does not.</summary>
    private bool IsExact(string path)
    {
        if (path.Length > 1 && path[^1] == '/' && path != "/docs/")
        {
            return false;
        }

        var lookup = _literals.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in path.AsSpan().Split('/'))
        {
            var segment = path.AsSpan(range);
            if (segment.SequenceEqual(FreeText))
            {
                return true;
            }

            if (lookup.TryGetValue(segment, out var literal) && !segment.SequenceEqual(literal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets the allowed methods from the framework's endpoint for 405, and answers with the contract's error body.</summary>
    private static async Task RefuseMethodAsync(HttpContext context, Endpoint framework)
    {
        await framework.RequestDelegate!(context);
        var allowed = context.Response.Headers.Allow.ToString().Split(',', StringSplitOptions.TrimEntries);
        context.Response.Headers.Allow = string.Join(", ", MethodOrder.Intersect(allowed).Where(IsListed));
        throw new ImgApiException(ErrorCode.MethodNotAllowed, $"{context.Request.Method} is not allowed");

        bool IsListed(string method) => !HttpMethods.IsHead(method) || !allowed.Contains(HttpMethods.Get);
    }

    private static bool HasUnknownExpectation(HttpRequest request) =>
        request.Headers.Expect is { Count: > 0 } expect && !string.Equals(expect.ToString(), "100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>A malformed UUID is 404 before the credentials are checked in reads, and after that in writes (contract 5, [auth]).</summary>
    private static void RefuseBadUuidOnRead(HttpContext context)
    {
        if (Preconditions.IsRead(context.Request) && context.Request.RouteValues.TryGetValue("uuid", out var uuid) && !Uuid.IsValid(uuid as string))
        {
            throw WireBinder.NotAUuid(context);
        }
    }
}
