using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads whether an image is activated, and its label.</summary>
internal static class StateReader
{
    /// <exception cref="BrokenManifestException">The state is unknown, and there is no private record of it.</exception>
    public static (bool Activated, string? Label) Read(ManifestDocument document, JsonElement record)
    {
        var state = (string?)document.Read("state", FieldKind.Text);
        if (record.Member("activated").AsBoolean() is { } activated && state is not null && ImageState.All.Contains(state))
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
