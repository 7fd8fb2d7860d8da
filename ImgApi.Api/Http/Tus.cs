using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ImgApi.Api.Http;

/// <summary>Names and values of the tus protocol 1.0 (https://tus.io/protocols/resumable-upload), and its routes.</summary>
internal static partial class Tus
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,termination,expiration,checksum";
    public const string ChecksumAlgorithm = "sha1";
    public const string PartType = "application/offset+octet-stream";

    public const string Resumable = "Tus-Resumable";
    public const string Versions = "Tus-Version";
    public const string MaxSize = "Tus-Max-Size";
    public const string Extension = "Tus-Extension";
    public const string ChecksumAlgorithms = "Tus-Checksum-Algorithm";
    public const string UploadOffset = "Upload-Offset";
    public const string UploadLength = "Upload-Length";
    public const string UploadDeferLength = "Upload-Defer-Length";
    public const string UploadMetadata = "Upload-Metadata";
    public const string UploadChecksum = "Upload-Checksum";
    public const string UploadExpires = "Upload-Expires";
    public const string MethodOverride = "X-HTTP-Method-Override";

    /// <summary>Whether the path of a request is one of the protocol. It need not exist.</summary>
    public static bool IsPathOf(HttpContext context) =>
        // The first condition is cheap, for all other requests.
        context.Request.Path.Value!.Contains("/uploads", StringComparison.Ordinal) && UploadPath.IsMatch(RawTarget.Of(context).Path);

    [GeneratedRegex(@"\A/+images/+[^/]+/+file/+uploads(/+[^/]+)?\z")]
    private static partial Regex UploadPath { get; }
}

/// <summary>Every request but OPTIONS must name the version of the protocol.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TusAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsOptions(request.Method) && request.Headers[Tus.Resumable] != Tus.Version)
        {
            throw new ImgApiException(ErrorCode.UnsupportedTusVersion, $"the request must have the header {Tus.Resumable}: {Tus.Version}");
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
