using CsCheck;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>A request that follows the API's grammar more or less.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query; <c>{image}</c> stands for an existing image, <c>{other}</c> for an unknown one.</param>
/// <param name="Headers">Further headers, as names and values.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Trusted">Whether it has a user's credentials.</param>
internal sealed record RandomRequest(string Method, string Target, (string Name, string Value)[] Headers, string? Body, bool Trusted);

/// <summary>Generates requests.</summary>
internal static class RandomRequests
{
    private static readonly string[] Paths =
    [
        "/ping", "/images", "/images/{image}", "/images/{image}/file", "/images/{image}/icon", "/images/{image}/acl", "/images/{image}/jobs", "/images/{image}/push",
        "/images/{image}/file/from-url", "/images/{image}/file/uploads", "/images/{image}/file/uploads/{image}", "/images/{image}/clone", "/state", "/authkeys/reload", "/channels", "/jobs", "/jobs/{image}", "/health", "/metrics", "/usage", "/approvals", "/datasets",
        "/datasets/{image}", "/datasets/a:b:c:d", "/docs", "/docs/", "/", "/swagger", "/swagger/index.html", "/swagger/v1/swagger.json", "/images/", "//images", "/favicon.ico",
        "/ui/images/{image}", "/ui/images/{image}/edit", "/ui/images/{image}/file", "/ui/assets/0/page.css", "/ui/", "/ui/server", "/ui/audit", "/ui/sign-in", "/ui/sign-out",
        "/ui/add", "/ui/import", "/ui/checks/manifest", "/ui/checks/manifest/{image}", "/ui/checks/file",
    ];

    private static readonly string[] Parameters =
    [
        "action=activate", "action=enable", "action=disable", "action=update", "action=import", "action=import-remote", "action=channel-add", "action=export",
        "action=change-stor", "action=create-from-vm", "action=import-docker-image", "action=import-lxd-image", "action=import-from-datacenter", "action=clone",
        "action=dropcaches", "action=add", "action=remove", "compression=gzip", "compression=none", "sha1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "dataset_guid=1", "size=3", "force=true",
        "storage=local", "storage=manta", "stor=local", "account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "channel=dev", "channel=*", "source=http://127.0.0.1:1",
        "source=file:///etc/passwd", "datacenter=x", "vm_uuid={image}", "incremental=true", "manta_path=/u/x", "repo=a/b", "tag=latest", "alias=x", "skip_owner_check=true",
        "force_all_channels=true", "inclAdminFields=true", "index=1", "limit=1", "limit=0", "marker={image}", "marker=2015-01-02", "name=base", "name=~b", "version=1", "os=!x",
        "owner={image}", "public=true", "state=all", "state=disabled", "sort=published_at.desc", "type=other", "tag.a=b", "billing_tag=x", "error=ValidationFailed", "error=x",
        "task=x", "execution=failed", "image={image}",
    ];

    // Requests that exist in the API. Random parameters may be appended.
    private static readonly string[] Fitting =
    [
        "GET /ping", "GET /images", "POST /images", "GET /images/{image}", "DELETE /images/{image}", "POST /images/{image}?action=activate", "POST /images/{image}?action=update",
        "POST /images/{image}?action=enable", "POST /images/{image}?action=disable", "POST /images/{image}?action=import", "POST /images/{other}?action=import",
        "POST /images/{image}?action=import-remote", "POST /images/{image}?action=export", "POST /images/{image}?action=change-stor", "POST /images/{image}?action=channel-add",
        "PUT /images/{image}/file?compression=gzip", "GET /images/{image}/file", "PUT /images/{image}/icon", "GET /images/{image}/icon", "DELETE /images/{image}/icon",
        "POST /images/{image}/acl", "POST /images/{image}/acl?action=remove", "POST /images/{image}/file/from-url?compression=gzip", "POST /images/{image}/clone", "GET /images/{image}/jobs",
        "GET /jobs", "POST /images?action=create-from-vm", "POST /images?action=import-docker-image", "POST /images?action=import-from-datacenter", "GET /state",
        "POST /state?action=dropcaches", "POST /authkeys/reload", "GET /health", "GET /metrics", "GET /usage?image={image}", "GET /datasets/a:b", "GET /swagger/v1/swagger.json",
        "GET /approvals", "POST /images/{image}?action=approve&requested=2026-01-02T03:04:05.000Z", "POST /images/{image}?action=reject",
    ];

    private static readonly string[] HeaderNames =
    [
        "accept-version", "x-api-version", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Range", "If-Range", "Content-Type", "Content-MD5",
        "Content-Encoding", "Authorization", "x-request-id", "request-id", "Accept", "Accept-Encoding", "Expect", "Date", "x-date", "User-Agent", "X-Http-Method-Override",
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Cookie", "Origin", "TE", "Upgrade", "Access-Control-Request-Method",
    ];

    private static readonly string[] HeaderValues =
    [
        "*", "~1", "~2", "~99", "application/json", "application/x-www-form-urlencoded", "text/plain", "image/png", "multipart/form-data; boundary=x", "gzip", "br", "deflate",
        "bytes=0-1", "bytes=-1", "bytes=9-", "bytes=0-0,2-2", "Mon, 23 Nov 2026 03:10:01 GMT", "\"a\"", "W/\"a\"", "Basic eDp5", "Basic !", "Bearer x",
        "Signature keyId=\"a\",algorithm=\"rsa-sha256\",signature=\"YQ==\"", "100-continue", "websocket", "h2c", "imgadm/2.6.0", "1B2M2Y8AsgTpgAmY7PhCfg==", "a=b", "DELETE",
    ];

    /// <summary>One request.</summary>
    public static Gen<RandomRequest> One { get; } = Gen.Select(
        Gen.Frequency((3, Known()), (1, Unknown())),
        Header().Array[0, 4],
        Gen.Frequency((2, Gen.Const((string?)null)), (4, JsonInputs.Manifest.Select(text => (string?)text)), (1, JsonInputs.Value.Select(text => (string?)text)), (1, Inputs.Noise.Select(text => (string?)text))),
        Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))),
        (line, headers, body, trusted) => new RandomRequest(line.Method, line.Target, headers, body, trusted));

    private static Gen<(string Method, string Target)> Known() => Gen.Select(Gen.OneOf(Fitting), Query(), (line, query) =>
    {
        var (method, target) = (line.Split(' ')[0], line.Split(' ')[1]);
        return (method, query.Length == 0 ? target : target + (target.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query);
    });

    private static Gen<(string Method, string Target)> Unknown() => Gen.Select(
        Gen.Frequency((9, Gen.OneOf("GET", "POST", "PUT", "DELETE", "HEAD")), (1, Gen.OneOf("OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "X"))),
        Path(),
        Query(),
        (method, path, query) => (method, query.Length == 0 ? path : $"{path}?{query}"));

    private static Gen<string> Path() => Gen.Frequency(
        (9, Gen.OneOf(Paths)),
        (2, Inputs.Mutated(Paths).Select(path => "/" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal).TrimStart('/'))),
        (1, Inputs.Noise.Select(text => "/" + Uri.EscapeDataString(text))));

    private static Gen<string> Query() => Gen.OneOf(
        Gen.OneOf(Parameters),
        Gen.Select(Gen.OneOf(Parameters), Inputs.Noise, (parameter, noise) => parameter.Split('=')[0] + "=" + Uri.EscapeDataString(noise)),
        Inputs.Noise.Select(Uri.EscapeDataString)).Array[0, 3].Select(parameters => string.Join('&', parameters));

    private static Gen<(string, string)> Header() => Gen.Select(
        Gen.OneOf(HeaderNames),
        Gen.OneOf(Gen.OneOf(HeaderValues), Inputs.Mutated(HeaderValues), Gen.String[Gen.Char['!', '~'], 0, 20]).Select(Sendable));

    /// <summary>Removes the characters that an HTTP client refuses to send. <c>MalformedTextTests</c> sends raw bytes.</summary>
    private static string Sendable(string value) => string.Concat(value.Where(letter => letter is >= ' ' and <= '~'));
}
