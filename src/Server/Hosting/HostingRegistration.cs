using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.Hosting;

/// <summary>Registers the options of the server, its certificates, its meter, and its shutdown.</summary>
internal static class HostingRegistration
{
    public static IServiceCollection AddHosting(this IServiceCollection services, ListeningUrl url)
    {
        // Kestrel's options are the first that the host reads; any option before this check would hide the errors of all others.
        services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>(
            static (_, provider) => ConfigurationCheck.Require(provider));
        services.AddCheckedOptions<ServerOptions, ServerOptionsValidator>(ServerOptions.SectionName);
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerAddressRule>();
        services.AddSingleton<IValidateOptions<ServerOptions>, TlsRule>();
        services.AddSingleton<IPostConfigureOptions<ServerOptions>>(url);
        services.AddSingleton<IValidateOptions<ServerOptions>>(url);
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<TlsCertificates>(
            provider,
            provider.GetRequiredService<IOptions<ServerOptions>>().Value.Tls));
        services.AddHostedService<InsecureStart>();
        services.AddServerMeter();
        services.AddSingleton<StopCause>();
        services.AddSingleton<ServerDrain>();
        services.AddHostedService(static provider => provider.GetRequiredService<ServerDrain>());
        return services;
    }

    /// <summary>Gives the host the time that calls have during a shutdown.</summary>
    public static void UseHosting(this WebApplication application)
    {
        ServerOptions server = application.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        HostOptions host = application.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        host.ShutdownTimeout = server.DrainGrace + server.ShutdownTimeout;
    }
}
