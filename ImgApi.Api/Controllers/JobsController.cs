namespace ImgApi.Api.Controllers;

/// <summary>Imports that run without their callers.</summary>
[Tags(ApiTags.Jobs)]
[NotStored]
internal sealed class JobsController(
    IJobStore jobs, JobRegistry registry, JobReplies replies, IImageRepository images, ServerConfiguration configuration)
    : ImgApiController
{
    /// <summary>Returns the state of a job. Finished jobs are kept for seven days.</summary>
    /// <remarks>
    /// Clients that wait for a job send no credentials. Everyone who knows the job's random UUID can therefore see its state, also outside
    /// the path prefix; only callers who may see the image see the rest.
    /// </remarks>
    [HttpRead("/jobs/{uuid}", Name = "GetJob")]
    [Authorize(Policies.Job)]
    public async Task<ActionResult<JobReply>> Get(Uuid uuid, Caller caller)
    {
        var job = await jobs.FindAsync(uuid, Cancellation) ?? throw NotFound(uuid);
        var showsAll = caller.User is not null || (!IsClosedToStrangers && await IsShownAsync(job, caller));
        return showsAll ? replies.Of(job) : replies.StateOf(job);
    }

    /// <summary>Lists all jobs, the oldest first.</summary>
    [HttpRead("/jobs", Name = "ListJobs")]
    [Needs(Right.Jobs)]
    public async Task<ActionResult<JobReply[]>> ListAll() => (await jobs.ListAsync(Cancellation)).Select(replies.Of).ToArray();

    /// <summary>Cancels a job that waits or runs, and answers when it has ended. It stays in the lists, as canceled.</summary>
    /// <remarks>
    /// The images that it created and did not activate are removed, as when a job fails. Canceling a canceled job again is not an error;
    /// a job that succeeded or failed is 409.
    /// </remarks>
    /// <param name="account">UUID of the account that asks; a job of another account is 404.</param>
    [HttpDelete("/jobs/{uuid}", Name = "CancelJob")]
    [Needs(Right.Jobs)]
    [Fails(nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.Conflict), nameof(ErrorCode.ServiceUnavailable))]
    public async Task<ActionResult<JobReply>> Cancel(Uuid uuid, [FromQuery] string? account)
    {
        var asking = Parameters.Account(account);
        var job = await jobs.FindAsync(uuid, Cancellation);
        if (job is null || (asking is not null && job.Source.Account != asking))
        {
            throw NotFound(uuid);
        }

        var image = await images.FindAsync(job.Image, Cancellation);
        HttpContext.Features.Set(image is null ? new ChangedImage(job.Image, "", "") : ChangedImage.Of(image));
        await registry.CancelAsync(uuid, "canceled on request", Cancellation);
        return await jobs.FindAsync(uuid, Cancellation) switch
        {
            { Execution: JobExecution.Canceled } ended => replies.Of(ended),
            { IsFinished: true } => throw new ImgApiException(ErrorCode.Conflict, "Finished jobs cannot be canceled"),
            _ => throw new ImgApiException(ErrorCode.ServiceUnavailable, $"the end of job {uuid} could not be kept, see the server's log"),
        };
    }

    /// <summary>
    /// Lists the jobs of an image, the oldest first. Requests without <c>account</c> see them also before the image exists and after it was
    /// removed.
    /// </summary>
    /// <param name="task">Only jobs of this kind.</param>
    /// <param name="execution">Only jobs in this state.</param>
    [HttpRead("/images/{uuid}/jobs", Name = "ListImageJobs")]
    [Authorize(Policies.Content)]
    public async Task<ActionResult<JobReply[]>> List(
        Uuid uuid, ImageScope scope, Caller caller, [FromQuery, OneOf("create-from-vm", Job.ImportRemoteImage)] string? task,
        [FromQuery, OneOf(typeof(JobReplies), nameof(JobReplies.Executions))] string? execution)
    {
        var all = await jobs.ListAsync(Cancellation);
        var known = all.Where(job => job.Images.Contains(uuid)).ToArray();
        if (await images.FindAsync(uuid, Cancellation) is { } image)
        {
            scope.EnsureVisible(image);
        }
        else if (known.Length == 0 || scope.Account is not null || scope.HidesPrivate)
        {
            throw ImgApiException.ImageNotFound(uuid);
        }

        var found = new List<JobReply>();
        foreach (var job in known)
        {
            if ((string.IsNullOrEmpty(task) || task == Job.ImportRemoteImage)
                && (string.IsNullOrEmpty(execution) || execution == JobReplies.Word(job.Execution))
                && await IsShownAsync(job, caller))
            {
                found.Add(replies.Of(job));
            }
        }

        return found.ToArray();
    }

    private static ImgApiException NotFound(Uuid uuid) => ImgApiException.NotFound($"job {uuid} not found");

    /// <summary>
    /// Whether strangers see no details: with <c>readAuth</c> <c>all</c>, and if the request came without the prefix, which may be a
    /// secret.
    /// </summary>
    private bool IsClosedToStrangers =>
        configuration.ReadAccess == ReadAccess.All || (configuration.PathBase is not null && !Request.PathBase.HasValue);

    /// <summary>Where private images are hidden, jobs are hidden that name one, or one that does not exist and cannot be judged.</summary>
    private async Task<bool> IsShownAsync(Job job, Caller caller)
    {
        foreach (var uuid in caller.HidesPrivate ? job.Images : [])
        {
            if (await images.FindAsync(uuid, Cancellation) is null or { IsPrivate: true })
            {
                return false;
            }
        }

        return true;
    }
}
