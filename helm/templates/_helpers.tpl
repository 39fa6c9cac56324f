{{- define "cloverwatch.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "cloverwatch.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "cloverwatch.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "cloverwatch.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "cloverwatch.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "cloverwatch.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "cloverwatch.secretName" -}}
{{- if .Values.secret.existing -}}
{{- if .Values.secret.values -}}
{{- fail "secret: set either existing or values, not both" -}}
{{- end -}}
{{- .Values.secret.existing -}}
{{- else -}}
{{- include "cloverwatch.fullname" . -}}
{{- end -}}
{{- end -}}

{{/*
Memory of the stores: a quarter of the container's limit, so that with the heap's half a quarter is left. Empty without a limit:
then the program's own default holds.
*/}}
{{- define "cloverwatch.rocksdbMemory" -}}
{{- $limit := dig "limits" "memory" "" .Values.resources | toString -}}
{{- if .Values.rocksdb.memory -}}
{{- .Values.rocksdb.memory -}}
{{- else if $limit -}}
{{- if not (regexMatch "^[1-9][0-9]*(Mi|Gi)$" $limit) -}}
{{- fail (printf "resources.limits.memory: expected whole Mi or Gi, got %s; or set rocksdb.memory" $limit) -}}
{{- end -}}
{{- $mebibytes := mul (regexFind "^[0-9]+" $limit | atoi) (ternary 1024 1 (hasSuffix "Gi" $limit)) -}}
{{- printf "%dMiB" (div $mebibytes 4) -}}
{{- end -}}
{{- end -}}

{{/*
The settings that follow from other values. The same key in `config` would be set twice, so it is refused.
*/}}
{{- define "cloverwatch.settings" -}}
{{- $settings := dict
      "kafka.bootstrap.servers" (required "kafka.bootstrapServers: expected host:port, several separated by commas" .Values.kafka.bootstrapServers)
      "schema.registry.url" (required "schemaRegistry.url: expected http(s)://host:port" .Values.schemaRegistry.url)
      "cloverwatch.state.dir" "/var/lib/cloverwatch"
      "cloverwatch.http.host" "0.0.0.0"
      "cloverwatch.http.port" (.Values.http.port | int | toString)
      "cloverwatch.pseudonym.key.id" .Values.pseudonymKey.id
      "cloverwatch.pseudonym.key" "${file:/etc/cloverwatch/secrets/pseudonym-key}" -}}
{{- with include "cloverwatch.rocksdbMemory" . -}}
{{- $_ := set $settings "cloverwatch.rocksdb.memory" . -}}
{{- end -}}
{{- range $key, $value := .Values.config -}}
{{- if hasKey $settings $key -}}
{{- fail (printf "config: %s follows from another value of this chart; set that" $key) -}}
{{- end -}}
{{- $_ := set $settings $key $value -}}
{{- end -}}
{{- range $key, $value := $settings }}
{{ $key }}={{ $value | replace "\\" "\\\\" | replace "\r" "" | replace "\n" "\\n" }}
{{- end -}}
{{- end -}}
