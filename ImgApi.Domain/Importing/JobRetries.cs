namespace ImgApi.Domain.Importing;

/// <summary>How a job repeats a request to another server that did not answer, or a transfer that broke for good.</summary>
/// <param name="FirstWait">How long to wait before the second attempt; twice as long before the next one.</param>
public sealed record JobRetries(TimeSpan FirstWait);
