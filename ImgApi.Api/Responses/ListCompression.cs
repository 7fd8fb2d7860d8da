using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Responses;

/// <summary>Compresses lists and never errors, which clients read without inflating them.</summary>
internal sealed class ListCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK && base.ShouldCompressResponse(context);
}
