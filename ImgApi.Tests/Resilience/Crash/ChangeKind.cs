using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>A kind of change that the workload makes.</summary>
/// <param name="Weight">The relative frequency of this kind among those that suit.</param>
/// <param name="Suits">Whether the change is possible for the image; null stands for a new image.</param>
/// <param name="Plan">Plans a change. A new image has only a name.</param>
internal sealed record ChangeKind(int Weight, Func<ModelImage?, bool> Suits, Func<ModelImage, Random, PlannedChange> Plan);

/// <summary>One change.</summary>
/// <param name="After">The image after the change; null if it is deleted.</param>
/// <param name="Send">Sends the change to the server.</param>
/// <param name="Finish">
/// For a change that the first answer only promises: waits for its end and gets the image. Null if the first answer shows the image.
/// </param>
internal sealed record PlannedChange(
    ModelImage? After, Func<CrashSite, Task<Answer>> Send, Func<CrashSite, Answer, Task<Answer>>? Finish = null);

/// <summary>The parties of a change.</summary>
/// <param name="Client">The client of the server that is killed.</param>
/// <param name="Trigger">Kills the server.</param>
/// <param name="Source">The server from which images are imported.</param>
internal sealed record CrashSite(HttpClient Client, KillTrigger Trigger, CrashSource Source);
