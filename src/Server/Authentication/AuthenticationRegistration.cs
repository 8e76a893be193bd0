using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Authentication;

/// <summary>Registers authentication.</summary>
internal static class AuthenticationRegistration
{
    public static IServiceCollection AddCallerAuthentication(this IServiceCollection services)
    {
        services.AddCheckedOptions<AuthenticationOptions, AuthenticationOptionsValidator>(AuthenticationOptions.SectionName);
        services.AddSingleton<IValidateOptions<AuthenticationOptions>, AuthenticationRule>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<JwtCallers>();
        services.AddSingleton<CertificateCallers>();
        services.AddSingleton<Authenticator>();
        services.AddHostedService<AuthenticationStart>();
        return services;
    }
}
