using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ImgApi.Api.Responses;

/// <summary>Compresses lists, but no errors, because clients read errors without decompressing them.</summary>
internal sealed class ListCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK && base.ShouldCompressResponse(context);
}
