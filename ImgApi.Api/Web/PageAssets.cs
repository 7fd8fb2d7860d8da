using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ImgApi.Api.Web;

/// <summary>The style sheet, scripts and pictures of the pages, which are embedded in the program.</summary>
internal sealed class PageAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, PageAsset> _byName;

    public PageAssets()
    {
        var assembly = typeof(PageAssets).Assembly;
        var all = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name[Prefix.Length..], Bytes: Read(assembly.GetManifestResourceStream(name)!))).ToArray();
        _byName = all.ToFrozenDictionary(asset => asset.Name, asset => new PageAsset(asset.Bytes, ContentTypes[Path.GetExtension(asset.Name)]));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, bytes) in all)
        {
            hash.AppendData(bytes);
        }

        Version = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Changes with any asset. It is part of their URLs, so browsers may cache them without asking again.</summary>
    public string Version { get; }

    /// <summary>What makes the page of the API look like the others: elements for its head, with addresses relative to <c>/swagger/</c>.</summary>
    public string ApiPageHead =>
        $"""<link rel="stylesheet" href="../ui/assets/{Version}/frame.css"><link rel="stylesheet" href="../ui/assets/{Version}/swagger.css"><script type="module" src="../ui/assets/{Version}/swagger.js"></script>""";

    public PageAsset? Find(string version, string name) => version == Version ? _byName.GetValueOrDefault(name) : null;

    private static byte[] Read(Stream resource)
    {
        using (resource)
        {
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            return bytes;
        }
    }
}

/// <summary>A file of the pages.</summary>
internal sealed record PageAsset(byte[] Bytes, string ContentType);
