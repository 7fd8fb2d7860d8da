namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>How much of the data folder's file system content may take.</summary>
public sealed record RoomRules
{
    /// <summary>Bytes that content leaves free; null for a hundredth of the file system, at most 1 GiB.</summary>
    public long? MinFree { get; init; }
}
