namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Figures of a run, for the report at its end.</summary>
internal sealed class CrashFigures
{
    private int _answers;
    private int _numbers;

    public int Kills { get; set; }

    public int Repairs { get; set; }

    /// <summary>The number of unanswered changes.</summary>
    public int Doubts { get; set; }

    /// <summary>The number of unanswered changes that had happened.</summary>
    public int DoubtsThatHappened { get; set; }

    /// <summary>The number of images compared with the model, over all starts.</summary>
    public int ImagesChecked { get; set; }

    /// <summary>The bytes of files and icons that were downloaded and hashed, over all starts.</summary>
    public long BytesChecked { get; set; }

    public void CountAnswer() => Interlocked.Increment(ref _answers);

    /// <summary>A number that no image of the run has in its name.</summary>
    public int NextNumber() => Interlocked.Increment(ref _numbers);

    public override string ToString() =>
        $"{Kills} kills, {_answers} acknowledged changes, {Doubts} unanswered ones of which {DoubtsThatHappened} had happened, "
        + $"{Repairs} repairs, {ImagesChecked} images and {BytesChecked >> 20} MiB of content checked";
}
