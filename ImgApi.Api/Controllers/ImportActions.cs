using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Responses;
using ImgApi.Domain.Importing;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The actions of <c>POST /images/UUID</c> that bring an image in: from the request to the use case, and its result to the answer.</summary>
public sealed class ImportActions(ManifestImport manifests, RemoteImport remote, DatacenterImport imports, Datacenters datacenters)
{
    private const string Import = "import";
    private const string ImportRemote = "import-remote";
    private const string ImportFromDatacenter = "import-from-datacenter";

    /// <summary>Whether the action is one of them.</summary>
    public static bool Know(string? action) => action is Import or ImportRemote or ImportFromDatacenter;

    /// <summary>The import that a request asks for.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public static ImportRequest RequestOf(HttpContext http, Uuid uuid, string? channel, string? source, string? force) =>
        new(uuid, ImageSource.TryParse(source, out var server) ? server : null, channel, http.TraceIdentifier)
        {
            IsForced = Parameters.Force(force),
        };

    /// <summary>Does what the action says.</summary>
    /// <param name="http">The request.</param>
    /// <param name="action">One that <see cref="Know"/> knows.</param>
    /// <param name="uuid">The image.</param>
    /// <param name="account"><c>account</c>.</param>
    /// <param name="channel">The channel that the image is to be in; null on a server without channels.</param>
    /// <param name="parameters">The other parameters.</param>
    /// <param name="body">The manifest, for an import without a source.</param>
    public async Task<IActionResult> ActAsync(
        HttpContext http, string action, Uuid uuid, string? account, string? channel, ImageActionParameters parameters, JsonBody<ManifestBody> body)
    {
        if (action == ImportFromDatacenter)
        {
            var owner = AccountOf(account);
            var source = datacenters.Find(parameters.Datacenter);
            var request = RequestOf(http, uuid, channel, source: null, parameters.Force) with { Source = source };
            return new JobStartedResult(await imports.StartAsync(request, owner, http.RequestAborted));
        }

        var hasSource = !string.IsNullOrEmpty(parameters.Source);
        if (action == ImportRemote && !hasSource)
        {
            throw ImgApiException.ValidationFailed("source", "missing source parameter", FieldError.MissingParameter);
        }

        Parameters.RefuseAccount(account);
        if (action == Import && !hasSource)
        {
            return await ImportAsync(http, uuid, channel, parameters, body);
        }

        CheckSkipOwnerCheck(parameters);
        if (action == Import)
        {
            var request = RequestOf(http, uuid, channel, parameters.Source, force: null);
            return new ImageResult(await manifests.FromSourceAsync(request, http.RequestAborted));
        }

        var import = RequestOf(http, uuid, channel, parameters.Source, parameters.Force);
        return new JobStartedResult(await remote.StartAsync(import, http.RequestAborted));
    }

    private async Task<IActionResult> ImportAsync(
        HttpContext http, Uuid uuid, string? channel, ImageActionParameters parameters, JsonBody<ManifestBody> body)
    {
        var manifest = await body.ReadObjectAsync();
        var given = manifest.TryGetProperty("uuid", out var value) ? PlainJson.InMessage(value) : "undefined";
        if (!Uuid.TryParse(given, out var own) || own != uuid)
        {
            throw ImgApiException.InvalidParameter("uuid", $"URL UUID, \"{uuid}\" and body UUID, \"{given}\" do not match");
        }

        CheckSkipOwnerCheck(parameters);
        var (image, replaced) = await manifests.FromCallerAsync(
            uuid, manifest, channel, http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        return new ImageResult(image, hasEtag: !replaced);
    }

    private static Uuid AccountOf(string? account) => Uuid.TryParse(account, out var uuid)
        ? uuid
        : throw ImgApiException.ValidationFailed("account", $"invalid image \"account\" (not a UUID): {account ?? "undefined"}");

    /// <summary>Refuses a <c>skip_owner_check</c> that is no boolean. No mode of this server has owners to look up.</summary>
    private static void CheckSkipOwnerCheck(ImageActionParameters parameters) =>
        _ = Parameters.Boolean("skip_owner_check", parameters.SkipOwnerCheck, emptyIsAbsent: true);
}
