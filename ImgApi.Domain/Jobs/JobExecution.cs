namespace ImgApi.Domain.Jobs;

/// <summary>How far a job is; the words that a job's <c>execution</c> has are these in lower case (contract 5.19).</summary>
public enum JobExecution
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Is being worked on, or was when the server ended.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Given up; its last result says why.</summary>
    Failed,

    /// <summary>Ended on request, or since an image that it makes was deleted.</summary>
    Canceled,
}
