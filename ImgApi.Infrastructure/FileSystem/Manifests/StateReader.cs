using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads whether an image is activated, and its operator's label.</summary>
internal static class StateReader
{
    /// <exception cref="BrokenManifestException">The word says nothing, and this server has recorded nothing either.</exception>
    public static (bool Activated, string? Label) Read(ManifestFields fields, JsonElement? record)
    {
        var state = fields.Text("state");
        var recorded = record is { } own && Tolerant.Value(own, "activated") is { } value ? Tolerant.Boolean(value) : null;
        if (recorded is { } activated && state is not null && ImageState.All.Contains(state))
        {
            return (activated, state);
        }

        return state switch
        {
            null or ImageState.Unactivated => (false, null),
            // trondn/imgapi writes "activated" when it enables an image.
            ImageState.Active or ImageState.Disabled or "activated" => (true, null),
            _ => throw new BrokenManifestException($"its manifest has the unknown state \"{state}\""),
        };
    }
}
