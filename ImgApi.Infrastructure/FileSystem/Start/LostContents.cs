using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>Collects the contents that manifests name and that are not there. Many threads may add to it.</summary>
internal sealed class LostContents
{
    private readonly ConcurrentQueue<LostContent> _found = new();

    public IReadOnlyList<LostContent> All => [.. _found];

    /// <returns>Whether anything of the image is lost.</returns>
    public bool Note(FolderListing folder, Image image) =>
        Note(folder, image.Uuid, image.File?.Content, ContentKind.File) | Note(folder, image.Uuid, image.Icon?.Content, ContentKind.Icon);

    private bool Note(FolderListing folder, Uuid uuid, ContentKey? content, ContentKind kind)
    {
        if (content is not { } key || folder.Find(key.Value) is not null)
        {
            return false;
        }

        _found.Enqueue(new LostContent(uuid, key, kind));
        return true;
    }
}
