namespace ImgApi.Domain.Errors;

/// <summary>
/// An entry of the register of error codes: the <c>code</c> of an error body, its HTTP status and its meaning. Every error that a client
/// can see is one of <see cref="All"/>. The API documentation is generated from this register.
/// </summary>
/// <param name="Name">The value on the wire, for instance <c>ValidationFailed</c>.</param>
/// <param name="Meaning">One sentence for the API documentation.</param>
public sealed record ErrorCode(string Name, int Status, string Meaning)
{
    private static readonly List<ErrorCode> Register = [];

    public static readonly ErrorCode AccountDoesNotExist = Add("AccountDoesNotExist", 422, "The account does not exist.");
    public static readonly ErrorCode BadDigest = Add("BadDigest", 400, "The Content-MD5 header, or the md5 of a resumable upload, does not match the bytes.");
    public static readonly ErrorCode BadRequest = Add("BadRequestError", 400, "The request is not well-formed HTTP.");
    public static readonly ErrorCode ChecksumMismatch = Add("ChecksumMismatch", 460, "The bytes do not match the Upload-Checksum header; they were removed again.");
    public static readonly ErrorCode Conflict = Add("ConflictError", 409, "The job has ended already.");
    public static readonly ErrorCode ContentCheckFailed = Add("ContentCheckFailed", 422, "No machine could install the file as the manifest describes it; force=true overrides.");
    public static readonly ErrorCode Download = Add("Download", 400, "The image file is empty, or its size, hash or format does not match the announced one.");
    public static readonly ErrorCode ImageAlreadyActivated = Add("ImageAlreadyActivated", 422, "The image is already activated.");
    public static readonly ErrorCode ImageFilesImmutable = Add("ImageFilesImmutable", 422, "The file of an activated image cannot be replaced.");
    public static readonly ErrorCode ImageFileTooBig = Add("ImageFileTooBig", 400, "The image file exceeds the maximum size.");
    public static readonly ErrorCode ImageHasDependentImages = Add("ImageHasDependentImages", 422, "Other images have this image as their origin.");
    public static readonly ErrorCode ImageNotShared = Add("ImageNotShared", 422, "The image is not shared with the account.");
    public static readonly ErrorCode ImageUuidAlreadyExists = Add("ImageUuidAlreadyExists", 409, "An image with this UUID exists already.");
    public static readonly ErrorCode InsufficientServerVersion = Add("InsufficientServerVersion", 422, "The compute node is too old.");
    public static readonly ErrorCode InsufficientStorage = Add("InsufficientStorage", 507, "The server's disk is full except for the reserved space, or a quota is used up; nothing was changed.");
    public static readonly ErrorCode Internal = Add("InternalError", 500, "An unexpected error; the server's log has the details under the request id.");
    public static readonly ErrorCode InvalidArgument = Add("InvalidArgument", 409, "A query parameter has an unknown value.");
    public static readonly ErrorCode InvalidContent = Add("InvalidContent", 400, "The body is not valid JSON, or not valid gzip.");
    public static readonly ErrorCode InvalidHeader = Add("InvalidHeader", 400, "A request header is not valid.");
    public static readonly ErrorCode InvalidParameter = Add("InvalidParameter", 422, "A parameter or an unexpected key is not valid; errors names it.");
    public static readonly ErrorCode InvalidVersion = Add("InvalidVersion", 400, "No API version of this server satisfies accept-version.");
    public static readonly ErrorCode MethodNotAllowed = Add("MethodNotAllowedError", 405, "The path exists, but not with this method; see the Allow header.");
    public static readonly ErrorCode MissingParameter = Add("MissingParameter", 409, "A required query parameter is missing.");
    public static readonly ErrorCode NoActivationNoFile = Add("NoActivationNoFile", 422, "An image without a file, or whose file is missing or damaged, cannot be activated.");
    public static readonly ErrorCode NotAuthorized = Add("NotAuthorized", 403, "The role of the user does not permit the request; the message names the roles that do.");
    public static readonly ErrorCode NotAvailable = Add("NotAvailable", 501, "This server does not offer the function.");
    public static readonly ErrorCode NotImageOwner = Add("NotImageOwner", 422, "The account is not the owner of the image.");
    public static readonly ErrorCode NotImplemented = Add("NotImplemented", 400, "The function does not exist for this kind of image.");
    public static readonly ErrorCode NotMantaPathOwner = Add("NotMantaPathOwner", 422, "The account does not own the Manta path.");
    public static readonly ErrorCode NotWaitingForApproval = Add("NotWaitingForApproval", 409, "The image does not wait for approval, or was changed and waits again.");
    public static readonly ErrorCode OperatorOnly = Add("OperatorOnly", 403, "The endpoint is for operators, who send no account parameter.");
    public static readonly ErrorCode OriginDoesNotExist = Add("OriginDoesNotExist", 422, "The origin image does not exist here.");
    public static readonly ErrorCode OriginIsNotActive = Add("OriginIsNotActive", 422, "The origin image is not active.");
    public static readonly ErrorCode OwnerDoesNotExist = Add("OwnerDoesNotExist", 422, "The owner does not exist.");
    public static readonly ErrorCode PayloadTooLarge = Add("RequestEntityTooLargeError", 413, "The request body exceeds the limit of its route.");
    public static readonly ErrorCode PreconditionFailed = Add("PreconditionFailed", 412, "An If-Match, If-None-Match or If-Unmodified-Since header failed.");
    public static readonly ErrorCode RangeNotSatisfiable = Add("RangeNotSatisfiable", 416, "The byte range lies outside the file.");
    public static readonly ErrorCode RemoteSource = Add("RemoteSourceError", 503, "The other image server did not deliver.");
    public static readonly ErrorCode RequestTimeout = Add("RequestTimeoutError", 408, "The request body arrived too slowly.");
    public static readonly ErrorCode ResourceNotFound = Add("ResourceNotFound", 404, "The path, image, file or icon does not exist, or is not shown to this caller.");
    public static readonly ErrorCode ServiceUnavailable = Add("ServiceUnavailableError", 503, "A service that the request needs is not available.");
    public static readonly ErrorCode StorageIsDown = Add("StorageIsDown", 503, "The server's disk cannot be read or written; nothing was changed.");
    public static readonly ErrorCode StorageUnsupported = Add("StorageUnsupported", 503, "The storage type is not supported.");
    public static readonly ErrorCode TooManyRequests = Add("TooManyRequestsError", 429, "Too many wrong credentials came from this address; try again after the seconds that Retry-After says.");
    public static readonly ErrorCode TooManyUploads = Add("TooManyUploads", 429, "The image or the server has the maximum number of unfinished uploads.");
    public static readonly ErrorCode Unauthorized = Add("UnauthorizedError", 401, "Credentials are missing or wrong.");
    public static readonly ErrorCode UnsupportedMediaType = Add("UnsupportedMediaTypeError", 415, "The content type is not application/offset+octet-stream.");
    public static readonly ErrorCode UnsupportedTusVersion = Add("UnsupportedTusVersion", 412, "The Tus-Resumable header is not a version of Tus-Version.");
    public static readonly ErrorCode Upload = Add("Upload", 400, "The file or icon exceeds its maximum, or has an unacceptable form.");
    public static readonly ErrorCode UploadConflict = Add("UploadConflict", 409, "Upload-Offset is not the upload's own, or another request continues the upload.");
    public static readonly ErrorCode UploadSuperseded = Add("UploadSuperseded", 409, "The image has got another file since the upload began; the upload was removed.");
    public static readonly ErrorCode ValidationFailed = Add("ValidationFailed", 422, "The manifest is not valid; errors names each field.");

    /// <summary>The whole register, in alphabetical order of the members.</summary>
    public static IReadOnlyList<ErrorCode> All => Register;

    private static ErrorCode Add(string name, int status, string meaning)
    {
        var code = new ErrorCode(name, status, meaning);
        Register.Add(code);
        return code;
    }
}
