using ImgApi.Api.Background;

namespace ImgApi.Api.Hosting;

/// <summary>Registers what counts downloads, and what removes images because of their age.</summary>
internal static class RetentionServices
{
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<Predicate<Uuid>>(provider => provider.GetRequiredService<JobRegistry>().IsBeingImported);
        services.AddSingleton<UnactivatedPurge>();
        services.AddSingleton<IImageFinder>(provider => provider.GetRequiredService<IImageRepository>());
        services.AddSingleton<FetchRegister>();
        services.AddHostedService<FetchFlush>();
        services.AddSingleton<ImageAges>();
        services.AddSingleton<ImageRetention>();
        services.AddHostedService<ImageCleanUp>();
    }
}
