using ImgApi.Api.Contracts;
using ImgApi.Api.Wire;
using ImgApi.Domain.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Importing;

/// <summary>The actions of <c>POST /images/UUID</c> that bring an image in.</summary>
public sealed class ImportActions(ManifestImport manifests, RemoteImport remote, DatacenterImport datacenters)
{
    private const string Import = "import";
    private const string ImportRemote = "import-remote";
    private const string ImportFromDatacenter = "import-from-datacenter";

    /// <summary>Whether the action is one of them.</summary>
    public static bool Know(string? action) => action is Import or ImportRemote or ImportFromDatacenter;

    /// <summary>Does what the action says.</summary>
    /// <param name="action">One that <see cref="Know"/> knows.</param>
    /// <param name="request">Its parameters.</param>
    /// <param name="body">The manifest, for an import without a source.</param>
    public async Task<IActionResult> ActAsync(string action, ImportRequest request, JsonBody<ManifestBody> body)
    {
        switch (action)
        {
            case ImportRemote:
                return Started(await remote.StartAsync(request));
            case ImportFromDatacenter:
                return Started(await datacenters.StartAsync(request));
            case Import when !string.IsNullOrEmpty(request.Source):
                return new ImageResult(await manifests.FromSourceAsync(request));
            default:
                var (image, replaced) = await manifests.FromBodyAsync(request, body);
                return new ImageResult(image, hasEtag: !replaced);
        }
    }

    private static JobStartedResult Started(Job job) => new(job);
}
