using ImgApi.Api.Background;
using ImgApi.Api.Controllers;
using ImgApi.Api.Logging;
using ImgApi.Api.Observability;
using ImgApi.Api.Validation;
using ImgApi.Api.Web;
using ImgApi.Api.Web.Add;
using ImgApi.Api.Web.Server;
using ImgApi.Infrastructure;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.ResponseCompression;

namespace ImgApi.Api.Hosting;

/// <summary>Registers the services of the server.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddImgApi(this IServiceCollection services, ServerConfiguration configuration)
    {
        services.AddSingleton(configuration);
        services.AddSingleton(configuration.Rules);
        services.AddSingleton(configuration.Room);
        services.AddSingleton(configuration.Audit);
        services.AddSingleton(configuration.Uploads);
        services.AddSingleton(TimeProvider.System);
        services.AddServiceManager();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(configuration.ShutdownSeconds));
        if (configuration.Tls is { } files)
        {
            services.AddSingleton(files).AddSingleton<ServerCertificate>();
            services.AddSingleton<ICertificateTerm>(provider => provider.GetRequiredService<ServerCertificate>());
        }

        services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockMemoryPool.Factory>();
        services.AddImgApiInfrastructure(configuration.DataFolder);
        services.AddRemoteImages(configuration.EffectiveRemote);
        services.AddSingleton<CurrentConfiguration>().AddSingleton<CurrentUsers>().AddHostedService<ConfigurationReload>();
        services.AddHostedService<ContentDigests>().AddHostedService<TokenUseLog>();
        services.AddIntegrity();
        services.AddRetention();
        services.AddUseCases();
        services.AddManifests();
        services.AddImports(configuration);
        services.AddImgApiAuthentication(configuration);
        services.AddWire(configuration);
        if (configuration.WebPage)
        {
            services.AddWebPages();
            services.AddSingleton<ServerFacts>();
            services.AddSingleton<FileFactsReader>();
        }

        services.AddAnswers();
        services.AddCors();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddApiDocumentation(configuration);
        return services;
    }

    private static void AddIntegrity(this IServiceCollection services)
    {
        services.AddSingleton<DamageRegister>();
        services.AddSingleton(provider => new ContentVerification(
            provider.GetRequiredService<IImageRepository>(), provider.GetRequiredService<IContentStore>(), TimeProvider.System));
        services.AddSingleton<ContentScrub>();
        services.AddHostedService(provider => provider.GetRequiredService<ContentScrub>());
        services.AddSingleton<Webhooks>();
        services.AddHostedService(provider => provider.GetRequiredService<Webhooks>());
        services.AddSingleton<ContentWarnings>();
        services.AddSingleton<Health>();
        services.AddSingleton<TrafficHistory>();
        services.AddSingleton<Transfers>();
        services.AddSingleton<Uptime>();
    }

    private static void AddUseCases(this IServiceCollection services)
    {
        services.AddSingleton<ImageReading>();
        services.AddSingleton<ImageRelations>();
        services.AddSingleton<ImageLifecycle>();
        services.AddSingleton<ImageActivation>();
        services.AddSingleton<ContentInspector>();
        services.AddSingleton(provider => QuotasOf(provider.GetRequiredService<CurrentConfiguration>()));
        services.AddSingleton<StorageQuota>();
        services.AddSingleton<ImageUploads>();
        services.AddSingleton<ResumableUploads>();
        services.AddHostedService<UploadCleanUp>();
        services.AddSingleton<ImageRemoval>();
        services.AddSingleton<ImageCloning>();
        services.AddSingleton<ImageImports>();
    }

    /// <summary>The quotas of users are reloaded with the users.</summary>
    private static QuotaRules QuotasOf(CurrentConfiguration current) => new(
        current.Value.Quota,
        () => current.Value.Users.Where(user => user.Quota is not null).ToDictionary(user => user.Name, user => user.Quota!.Value, StringComparer.Ordinal));

    private static void AddImports(this IServiceCollection services, ServerConfiguration configuration)
    {
        services.AddSingleton<OriginChain>();
        services.AddSingleton<ManifestImport>();
        services.AddSingleton<FileImport>();
        services.AddSingleton<RemoteImport>();
        services.AddSingleton<DatacenterImport>();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobReplies>();
        services.AddSingleton<ImportSteps>();
        services.AddSingleton<ImportJob>();
        services.AddSingleton<JobWorkers>();
        services.AddSingleton<IJobObserver, JobLog>();
        services.AddSingleton(new Datacenters(configuration.Datacenters, configuration.DatacenterName));
        services.AddSingleton(new JobRetries(configuration.Remote.FirstWait));
        services.AddHostedService<JobRunner>();
    }

    private static void AddManifests(this IServiceCollection services)
    {
        services.AddAutoMapper(mapping => mapping.AddMaps(typeof(ApiServices).Assembly));
        services.AddSingleton<IManifestValidator, ManifestValidator>();
        services.AddSingleton<ManifestIntake>();
        services.AddSingleton<ManifestUpdate>();
    }

    private static void AddAnswers(this IServiceCollection services)
    {
        services.AddSingleton<ManifestCache>();
        services.AddSingleton<ListCache>();
        services.AddSingleton<IResponseCompressionProvider, ListCompression>();
        services.AddSingleton<FrontServerOffload>();
        services.AddSingleton<ConditionalRequests>();
        services.AddSingleton<ImageSender>();
        services.AddSingleton<ListSender>();
        services.AddSingleton<ContentSender>();
        services.AddSingleton<IActionResultExecutor<ObjectResult>, AnswerExecutor>();
    }

    private static void AddWire(this IServiceCollection services, ServerConfiguration configuration) =>
        (configuration.WebPage ? services.AddControllersWithViews() : services.AddControllers()).AddMvcOptions(mvc =>
        {
            var binder = new WireBinder(configuration);
            // The framework's providers parse queries by other rules, and read bodies that look like forms. The binder reads the query.
            mvc.ValueProviderFactories.Clear();
            mvc.ValueProviderFactories.Add(new RouteValueProviderFactory());
            mvc.ModelBinderProviders.Insert(0, binder);
            mvc.ModelMetadataDetailsProviders.Add(binder);
        })
        .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new ControllerFinder(configuration.Rules, configuration.WebPage)))
        .AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = WireJson.Indented.PropertyNamingPolicy); // for the API documentation
}
