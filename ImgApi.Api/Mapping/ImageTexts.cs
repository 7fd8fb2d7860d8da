using System.Runtime.CompilerServices;
using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Contracts;
using ImgApi.Api.Storage;
using ImgApi.Api.Wire;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Mapping;

/// <summary>
/// The JSON texts of images. An image is immutable, so each of its forms is mapped and serialised once, and kept for as
/// long as the instance lives.
/// </summary>
public sealed class ImageTexts(IMapper mapper, ServerRules rules)
{
    private readonly ConditionalWeakTable<Image, ImageText?[]> _texts = [];

    /// <summary>The text of an image in one form.</summary>
    public ImageText Of(Image image, ManifestForm form)
    {
        var forms = _texts.GetValue(image, _ => new ImageText?[4]);
        return forms[(int)form] ??= new ImageText(JsonSerializer.SerializeToUtf8Bytes(Manifest(image, form), WireJson.Indented));
    }

    /// <summary>Takes away what the mode, the API version and the caller's rights hide (contract 3.2).</summary>
    private ImageManifest Manifest(Image image, ManifestForm form)
    {
        var manifest = mapper.Map<ImageManifest>(image);
        return manifest with
        {
            Error = manifest.State == ImageState.Failed ? manifest.Error : null,
            Channels = form.HasFlag(ManifestForm.Channels) && rules.Channels.Exist ? manifest.Channels : null,
            BillingTags = rules.HidesBilling ? null : manifest.BillingTags,
            Traits = rules.HidesBilling || IsEmpty(manifest.Traits) ? null : manifest.Traits,
            Files = form.HasFlag(ManifestForm.Admin) ? [.. manifest.Files.Select(file => file with { Stor = StorageTypes.Local })] : manifest.Files,
        };
    }

    private static bool IsEmpty(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } given && given.GetPropertyCount() == 0;
}

/// <summary>The forms that a manifest is sent in.</summary>
[Flags]
public enum ManifestForm
{
    /// <summary>What everyone sees.</summary>
    Plain = 0,

    /// <summary>With <c>channels</c>, for callers of API version 2.</summary>
    Channels = 1,

    /// <summary>With <c>files[].stor</c>, for operators who ask for it.</summary>
    Admin = 2,
}
