using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>A kind of change that the workload makes.</summary>
/// <param name="Weight">How often it is chosen, beside the others that suit.</param>
/// <param name="Suits">Whether it can be done to that image; null stands for a new one.</param>
/// <param name="Plan">Plans one; the image has its name only if it is new.</param>
internal sealed record ChangeKind(int Weight, Func<ModelImage?, bool> Suits, Func<ModelImage, Random, PlannedChange> Plan);

/// <summary>One change.</summary>
/// <param name="After">The image after it; null for none.</param>
/// <param name="Send">Asks the server for it.</param>
/// <param name="Finish">
/// Of a change that is only promised by the first answer: waits for it, and gets the image. Null where the answer shows it.
/// </param>
internal sealed record PlannedChange(
    ModelImage? After, Func<CrashSite, Task<Answer>> Send, Func<CrashSite, Answer, Task<Answer>>? Finish = null);

/// <summary>Whom a change has to do with.</summary>
/// <param name="Client">Of the server that is killed.</param>
/// <param name="Trigger">Kills it.</param>
/// <param name="Source">The other server.</param>
internal sealed record CrashSite(HttpClient Client, KillTrigger Trigger, CrashSource Source);
