using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using AutoMapper;

namespace ImgApi.Api.Responses;

/// <summary>The JSON of images, mapped and serialized once for each revision of an image and each form.</summary>
internal sealed class ManifestCache(IMapper mapper, ServerRules rules)
{
    // Bytes of JSON, including replaced versions. 100,000 typical images take half of it. A full cache is cleared, which also removes
    // deleted images.
    private const long MaxBytes = 256L << 20;

    private readonly ConcurrentDictionary<Uuid, Version> _versions = new();
    private long _bytes;

    /// <summary>The form that the sender of a request gets without further rights.</summary>
    public static ManifestForm FormFor(HttpContext http) => ApiVersion.Of(http).ShowsChannels ? ManifestForm.Channels : ManifestForm.Plain;

    /// <summary>The JSON of an image in one form.</summary>
    public ManifestText Of(Image image, ManifestForm form)
    {
        if (!_versions.TryGetValue(image.Uuid, out var version) || version.Revision != image.Revision)
        {
            // A version that is not stored has no revision as a key, and an older one must not replace a newer one.
            if (image.Revision == Image.NotStored || version?.Revision > image.Revision)
            {
                return Serialize(image, form);
            }

            _versions[image.Uuid] = version = new Version(image.Revision);
        }

        return version.Forms[(int)form] ??= Added(Serialize(image, form));
    }

    private ManifestText Added(ManifestText text)
    {
        if (Interlocked.Add(ref _bytes, text.Json.Length) > MaxBytes)
        {
            _versions.Clear();
            Volatile.Write(ref _bytes, 0);
        }

        return text;
    }

    private ManifestText Serialize(Image image, ManifestForm form) =>
        new(JsonSerializer.SerializeToUtf8Bytes(Manifest(image, form), WireJson.Indented));

    /// <summary>The manifest without the fields that the mode, the API version and the caller's rights hide (contract 3.2).</summary>
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

    private sealed class Version(long revision)
    {
        public long Revision => revision;

        public ManifestText?[] Forms { get; } = new ManifestText?[4];
    }
}

/// <summary>The JSON of an image in one form.</summary>
internal sealed class ManifestText(byte[] json)
{
    private string? _etag;

    /// <summary>Indented JSON, UTF-8.</summary>
    public byte[] Json => json;

#pragma warning disable CA5350 // SHA-1 is required by contract 1.9; the tag is opaque and protects nothing.

    /// <summary>A hash of the JSON. Lists combine the hashes of their images into an Etag.</summary>
    public UInt128 Hash { get; } = BinaryPrimitives.ReadUInt128BigEndian(SHA1.HashData(json));

    /// <summary>Lower-case hex SHA-1 of the compact JSON (contract 1.9). Computed on first use, because lists do not need it.</summary>
    public string Etag => _etag ??= Convert.ToHexStringLower(SHA1.HashData(PlainJson.Bytes(JsonElement.Parse(json)).Span));
#pragma warning restore CA5350
}

/// <summary>The forms of a manifest in answers.</summary>
[Flags]
internal enum ManifestForm
{
    Plain = 0,

    /// <summary>With <c>channels</c>, for callers of API version 2.</summary>
    Channels = 1,

    /// <summary>With <c>files[].stor</c>, for operators on request.</summary>
    Admin = 2,
}
