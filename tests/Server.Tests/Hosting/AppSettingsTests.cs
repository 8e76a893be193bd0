using System.Reflection;
using Microsoft.Extensions.Configuration;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Maps;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Tests.Hosting;

/// <summary>
/// The settings file that ships is the list of all options: it leaves none out, invents none, and states the defaults of the code.
/// </summary>
public sealed class AppSettingsTests
{
    [Theory]
    [InlineData(ServerOptions.SectionName, typeof(ServerOptions))]
    [InlineData(HttpOptions.SectionName, typeof(HttpOptions))]
    [InlineData(ReceivingOptions.SectionName, typeof(ReceivingOptions))]
    [InlineData(StorageOptions.SectionName, typeof(StorageOptions))]
    [InlineData(EmbeddingOptions.SectionName, typeof(EmbeddingOptions))]
    [InlineData(AnswerCacheOptions.SectionName, typeof(AnswerCacheOptions))]
    [InlineData(IngestOptions.SectionName, typeof(IngestOptions))]
    [InlineData(FitOptions.SectionName, typeof(FitOptions))]
    [InlineData(ModelOptions.SectionName, typeof(ModelOptions))]
    [InlineData(MapOptions.SectionName, typeof(MapOptions))]
    [InlineData(ShadowOptions.SectionName, typeof(ShadowOptions))]
    public void AppSettings_Section_HoldsEveryOptionWithItsDefault(string section, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        IConfigurationSection settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .Build()
            .GetSection(section);
        PropertyInfo[] options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        object defaults = Activator.CreateInstance(type)!;
        object bound = settings.Get(type)!;

        Assert.Equal(
            options.Select(option => option.Name).Order(StringComparer.Ordinal),
            settings.GetChildren().Select(child => child.Key).Order(StringComparer.Ordinal));
        Assert.All(options, option => Assert.Equal(option.GetValue(defaults), option.GetValue(bound)));
    }
}
