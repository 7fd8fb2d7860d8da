namespace ImgApi.Domain.Jobs;

/// <summary>What became of one step of a job.</summary>
/// <param name="Name">The step.</param>
/// <param name="Result">What it did, for a person.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record JobResult(string Name, string Result, JobError? Error, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>What it did, for a person. Cleaned, since it may repeat what another server said.</summary>
    public string Result { get; init; } = VisibleText.Clean(Result);
}

/// <summary>Why a step failed.</summary>
/// <param name="Code">The name of an <see cref="ErrorCode"/>.</param>
/// <param name="Message">Text for a person.</param>
/// <param name="Errors">What is wrong field by field; null or empty if the error is about no field.</param>
public sealed record JobError(string Code, string Message, IReadOnlyList<FieldError>? Errors = null)
{
    /// <summary>Text for a person. Cleaned, since it may repeat what another server said, also in jobs that an older version has kept.</summary>
    public string Message { get; init; } = VisibleText.Clean(Message);
}
