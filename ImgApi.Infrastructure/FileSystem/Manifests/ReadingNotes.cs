namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What is noticed while an image is read from its folder.</summary>
internal sealed class ReadingNotes
{
    private readonly List<string> _oddities = [];

    /// <summary>What the operator should know, a clause each.</summary>
    public IReadOnlyList<string> Oddities => _oddities;

    /// <summary>Whether size or time of a content went into the image, or a fact that is kept elsewhere: things that the manifest lacks.</summary>
    public bool DependsOnContent { get; private set; }

    public void Odd(string clause) => _oddities.Add(clause);

    /// <summary>Passes on a value that does not come from the manifest.</summary>
    public T FromContent<T>(T value)
    {
        DependsOnContent = true;
        return value;
    }
}
