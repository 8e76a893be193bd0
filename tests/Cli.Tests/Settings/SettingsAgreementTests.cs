using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Client.Settings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;
using FitSettings = TopicGrpc.V1.FitSettings;
using HdbscanSettings = TopicGrpc.V1.HdbscanSettings;
using UmapSettings = TopicGrpc.V1.UmapSettings;

namespace TopicGrpc.Cli.Tests.Settings;

/// <summary>Contract, engine and settings file accept the same values of every setting and have the same defaults.</summary>
public sealed class SettingsAgreementTests
{
    public static TheoryData<string, string> Numbers { get; } = [.. All().Select(static field => (field.ContainingType.Name, field.Name))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Range_OfEverySetting_SameInContractEngineAndFile(string message, string name)
    {
        FieldDescriptor field = All().Single(field => field.ContainingType.Name == message && field.Name == name);
        FieldLimits limits = RequestLimits.Of(field);
        double step = field.FieldType == FieldType.Double ? 0 : 1;

        if (limits.HasMin)
        {
            Check(field, limits.Min, isValid: true);
            Check(field, step == 0 ? Math.BitDecrement(limits.Min) : limits.Min - step, isValid: false);
        }

        if (limits.HasAbove)
        {
            Check(field, limits.Above, isValid: false);
            Check(field, 0.001, isValid: true);
        }

        if (limits.HasMax)
        {
            Check(field, limits.Max, isValid: true);
            Check(field, step == 0 ? Math.BitIncrement(limits.Max) : limits.Max + step, isValid: false);
        }
    }

    [Fact]
    public void Defaults_OfDistanceAndSpread_SameInRuleAndEngine()
    {
        UmapOptions library = UmapOptions.LibraryDefaults;

        Assert.Null(RequestLimits.Check(new FitSettings { Umap = new UmapSettings { MinDist = library.Spread } }));
        Assert.NotNull(RequestLimits.Check(new FitSettings { Umap = new UmapSettings { MinDist = Math.BitIncrement(library.Spread) } }));
        Assert.Null(RequestLimits.Check(new FitSettings { Umap = new UmapSettings { Spread = library.MinDistance } }));
        Assert.NotNull(
            RequestLimits.Check(new FitSettings { Umap = new UmapSettings { Spread = Math.BitDecrement(library.MinDistance) } }));
    }

    [Fact]
    public void Defaults_ResolvedAndReadFromAFile_GiveThemselves()
    {
        FitSettings defaults = FitSettingsContract.ToProto(FitSettingsContract.FromProto(new FitSettings()));

        Client.Settings.FitSettings file = FitSettingsFile.Parse(FitSettingsFile.Write(FitSettingsFromWire.Map(defaults)));

        Assert.Equal(defaults, FitSettingsContract.ToProto(FitSettingsContract.FromProto(Resolved(FitSettingsToWire.Map(file)))));
    }

    // "bertopic" is the preset of a file that names none.
    private static FitSettings Resolved(FitSettings settings)
    {
        settings.Preset = FitSettings.Types.Preset.Bertopic;
        return settings;
    }

    private static IEnumerable<FieldDescriptor> All() => new[]
    {
        UmapSettings.Descriptor, HdbscanSettings.Descriptor, V1.VectorizerSettings.Descriptor, V1.CtfidfSettings.Descriptor,
        FitSettings.Descriptor,
    }.SelectMany(static type => type.Fields.InFieldNumberOrder())
        .Where(
            static field => field.FieldType is FieldType.Double or FieldType.Int32 && LimitText.Range(RequestLimits.Of(field)).Length > 0);

    private static void Check(FieldDescriptor field, double value, bool isValid)
    {
        FitSettings settings = new();
        IMessage part = field.ContainingType.Name switch
        {
            nameof(UmapSettings) => settings.Umap = new UmapSettings(),
            nameof(HdbscanSettings) => settings.Hdbscan = new HdbscanSettings(),
            nameof(V1.VectorizerSettings) => settings.Vectorizer = new V1.VectorizerSettings(),
            nameof(V1.CtfidfSettings) => settings.Ctfidf = new V1.CtfidfSettings(),
            _ => settings,
        };
        if (field.Name == "min_dist")
        {
            settings.Umap.Spread = 1000;
        }
        else if (field.Name == "spread")
        {
            settings.Umap.MinDist = 0;
        }

        field.Accessor.SetValue(part, field.FieldType == FieldType.Double ? (object)value : (int)value);

        Assert.Equal(isValid, RequestLimits.Check(settings) is null);
        Assert.Equal(isValid, EngineAccepts(settings));
        Assert.Equal(isValid, FileAccepts(settings));
    }

    private static bool EngineAccepts(FitSettings settings)
    {
        try
        {
            Engine.Topics.Settings.TopicModelOptions options = FitSettingsContract.FromProto(settings);
            options.Validated();
            options.Layout.Validated();
            options.Clusters.Validated();

            // A reduction is validated where it is made.
            return settings is not { HasNrTopics: true, NrTopics: < 2 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool FileAccepts(FitSettings settings)
    {
        try
        {
            FitSettingsFile.Parse(FitSettingsFile.Write(FitSettingsFromWire.Map(settings)));
            return true;
        }
        catch (SettingsFileException)
        {
            return false;
        }
    }
}
