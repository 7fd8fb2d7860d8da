using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>Collects missing content. Thread-safe.</summary>
internal sealed class MissingContentList
{
    private readonly ConcurrentQueue<MissingContent> _found = new();

    public IReadOnlyList<MissingContent> All => [.. _found];

    /// <returns>Whether any content of the image is missing.</returns>
    public bool Note(FolderListing folder, Image image) =>
        Note(folder, image.Uuid, image.File?.Content, ContentKind.File) | Note(folder, image.Uuid, image.Icon?.Content, ContentKind.Icon);

    private bool Note(FolderListing folder, Uuid uuid, ContentKey? content, ContentKind kind)
    {
        if (content is not { } key || folder.Find(key.Value) is not null)
        {
            return false;
        }

        _found.Enqueue(new MissingContent(uuid, key, kind));
        return true;
    }
}
