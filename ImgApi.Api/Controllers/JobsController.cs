using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.Importing;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Imports that go on without their callers.</summary>
[Tags(ApiTags.Jobs)]
[NotStored]
public sealed class JobsController(
    IJobStore jobs, JobDesk desk, JobReplies replies, IImageRepository images, ServerConfiguration configuration)
    : ImgApiController
{
    /// <summary>Says how far a job is. Finished jobs are kept for seven days.</summary>
    /// <remarks>
    /// Clients that wait for a job send no credentials. So the state is for everyone who knows the job's random uuid, also outside the path
    /// prefix of the server; what the job is about is for those only who may see it.
    /// </remarks>
    /// <param name="uuid">UUID of the job.</param>
    [HttpGet("/jobs/{uuid}", Name = "GetJob")]
    [Authorize(Policies.Job)]
    [ProducesResponseType<JobReply>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.ResourceNotFound))]
    public async Task<IActionResult> Get(Uuid uuid)
    {
        var job = await jobs.FindAsync(uuid, Cancellation) ?? throw NotFound(uuid);
        var isWhole = IsAuthenticated || (!IsForKnownCallersOnly && await IsShownAsync(job));
        return new WireResult<JobReply>(isWhole ? replies.Of(job) : JobReplies.StateOf(job));
    }

    /// <summary>Cancels a job that waits or runs, and answers when it has ended. It stays in the lists, as canceled.</summary>
    /// <remarks>
    /// The images that it made and did not activate are removed, as when a job fails. A job that was canceled before is answered again;
    /// one that succeeded or failed is 409.
    /// </remarks>
    /// <param name="uuid">UUID of the job.</param>
    /// <param name="account">UUID of the account that asks; a job that is not its own is 404.</param>
    [HttpDelete("/jobs/{uuid}", Name = "CancelJob")]
    [Authorize(Policies.Write)]
    [ProducesResponseType<JobReply>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.Conflict),
        nameof(ErrorCode.ServiceUnavailable))]
    public async Task<IActionResult> Cancel(Uuid uuid, [FromQuery(Name = "account")] string? account)
    {
        var asking = Parameters.Account(account);
        var job = await jobs.FindAsync(uuid, Cancellation);
        if (job is null || (asking is not null && job.Source.Account != asking))
        {
            throw NotFound(uuid);
        }

        var image = await images.FindAsync(job.Image, Cancellation);
        HttpContext.Features.Set(image is null ? new ChangedImage(job.Image, "", "") : ChangedImage.Of(image));
        await desk.CancelAsync(uuid, "canceled on request", Cancellation);
        return await jobs.FindAsync(uuid, Cancellation) switch
        {
            { Execution: JobExecution.Canceled } ended => new WireResult<JobReply>(replies.Of(ended)),
            { IsFinished: true } => throw new ImgApiException(ErrorCode.Conflict, "Finished jobs cannot be canceled"),
            _ => throw new ImgApiException(ErrorCode.ServiceUnavailable, $"the end of job {uuid} could not be kept, see the server's log"),
        };
    }

    /// <summary>Lists the jobs of an image, the oldest first. An operator sees them also before the image is there, and after it was taken back.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; what it may not see is 404.</param>
    /// <param name="channel">Name of the channel to look in, * for all; without it the server's default channel. Only with channels configured.</param>
    /// <param name="task">Only jobs of that kind.</param>
    /// <param name="execution">Only jobs that are that far.</param>
    [HttpGet("/images/{uuid}/jobs", Name = "ListImageJobs")]
    [Authorize(Policies.Content)]
    [ProducesResponseType<IReadOnlyList<JobReply>>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter))]
    public async Task<IActionResult> List(
        Uuid uuid,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "task")] string? task,
        [FromQuery(Name = "execution")] string? execution)
    {
        var scope = ReadScope(account, channel);
        var all = await jobs.ListAsync(Cancellation);
        var known = all.Where(job => job.Images.Contains(uuid)).ToArray();
        if (await images.FindAsync(uuid, Cancellation) is { } image)
        {
            scope.EnsureVisible(image);
        }
        else if (known.Length == 0 || scope.Account is not null || scope.HidesPrivate)
        {
            throw ImgApiException.NotFound($"image {uuid} not found");
        }

        var shown = new List<Job>();
        foreach (var job in known)
        {
            if (await IsShownAsync(job))
            {
                shown.Add(job);
            }
        }

        var found = from job in shown
                    where string.IsNullOrEmpty(task) || task == Job.ImportRemoteImage
                    where string.IsNullOrEmpty(execution) || execution == JobReplies.Word(job.Execution)
                    select replies.Of(job);
        return new WireResult<IReadOnlyList<JobReply>>([.. found]);
    }

    private static ImgApiException NotFound(Uuid uuid) => ImgApiException.NotFound($"job {uuid} not found");

    /// <summary>Whether strangers see nothing here: because of <c>readAuth</c>, or since they came past the prefix, which may be a secret.</summary>
    private bool IsForKnownCallersOnly => configuration.ReadAccess == ReadAccess.All || (configuration.PathBase is not null && !Request.PathBase.HasValue);

    /// <summary>Where private images are hidden, so is every job that names one, or one that is not there to be judged.</summary>
    private async Task<bool> IsShownAsync(Job job)
    {
        foreach (var uuid in HidesPrivate ? job.Images : [])
        {
            if (await images.FindAsync(uuid, Cancellation) is null or { IsPrivate: true })
            {
                return false;
            }
        }

        return true;
    }
}
